"""How often each line of a policy would have asked somebody to look, on the sessions that the clinic has."""
