"""What cannot stay as it is booked, and which doses lack their visit."""
