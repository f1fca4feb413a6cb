"""Clinics, people, roles, patients, keys and the one table of who may do what."""
