"""Times for one visit by itself."""
