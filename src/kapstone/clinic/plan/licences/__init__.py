"""Licences of the staff, and who may give what by them."""
