"""A course as one page for those who treat, and as one page that the patient holds."""
