"""Layouts, parts, icons and charts. Pages of other rooms are made of these."""
