"""Who is on call: the roster's lines, read and kept."""
