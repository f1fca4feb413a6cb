"""Tags of the plan's pages."""

from django import template

from kapstone.clinic.ground.bookings.calendar.queries import Option, Times

register = template.Library()


@register.simple_tag
def visit(way: Option, number: int) -> Times | None:
    """The visit after a dose, in one way to book a course."""
    return way.visits.get(number)
