"""Tests asked for, received, read and expired, with the documents that prove them."""
