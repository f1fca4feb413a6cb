"""Consent, the course, its orders and the bookings it asks for."""
