"""What visits cost and what was paid, as pages."""
