"""The lower floor: what good care is. Pure values in, pure values out; no clock, network or database."""
