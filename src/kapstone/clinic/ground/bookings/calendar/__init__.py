"""The clinic's calendar as a problem for the solver, and what it finds as bookings."""
