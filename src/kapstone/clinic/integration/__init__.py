"""Journal, integration visits and the inbox of concerns."""
