"""When people and rooms can be booked: working hours, breaks, absences, closed days, and a patient's own times."""
