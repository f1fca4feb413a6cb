"""The page of a day's orders, which needs every room."""
