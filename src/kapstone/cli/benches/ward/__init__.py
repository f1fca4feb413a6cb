"""The clinic of two hundred chairs that the session benchmark measures: its hour, and all that goes on in it."""
