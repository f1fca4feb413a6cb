"""The pages of the calendar: day, week, hours, absences, and moving what has to move."""
