"""Orders: signed for a dose day, or once for everybody of a day."""
