"""The record as one document: read, printed, saved as a PDF, signed; after that only addenda."""
