"""The roof: settings, addresses and the pages that see every room."""
