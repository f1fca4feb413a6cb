"""Server-sent events: pages that are open are told what was committed, within a fraction of a second."""
