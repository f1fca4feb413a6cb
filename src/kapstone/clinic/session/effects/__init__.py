"""Adverse effects of a session: written when they are seen, and asked for at fixed times."""
