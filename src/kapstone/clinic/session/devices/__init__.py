"""Values that devices offer: received, matched to a chair in two steps, taken by a person or by a due set."""
