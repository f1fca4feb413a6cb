"""The upper floor: people, records and pages, on Django, in the same six rooms."""
