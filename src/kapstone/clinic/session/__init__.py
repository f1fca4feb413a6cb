"""The live treatment session and its record."""
