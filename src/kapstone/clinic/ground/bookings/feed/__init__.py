"""A calendar feed for each person: times and places, no clinical word."""
