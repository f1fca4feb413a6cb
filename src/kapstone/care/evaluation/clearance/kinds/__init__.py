"""The kinds of test, one file each."""
