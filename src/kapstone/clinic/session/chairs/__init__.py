"""The chairs of a clinic: who sits where, in which colour, and what each asks for."""
