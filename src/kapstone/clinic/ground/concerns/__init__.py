"""Risk items: what was said, who owns it, how long it has waited."""
