"""The label's weeks: two doses a week, then one, then one a week or every second; and the look at week 4."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle, islice

from kapstone.care.evidence import claim
from kapstone.care.evidence.reasons import marked

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class LabelWeek:
    """Where a course stands by the label. `look_due` is true from the end of week 4 on."""

    week: int
    words: str
    look_due: bool


def label_week(first: date, day: date, indication: str = "trd") -> LabelWeek:
    """The week of a day, counted from the first dose as week 1. ValueError for a day before it."""
    if day < first:
        raise ValueError(f"{day:%Y-%m-%d} is before the first dose, {first:%Y-%m-%d}.")
    week = (day - first).days // DAYS_A_WEEK + 1
    due = week > int(claim("esketamine-week-4").figure("after_weeks"))
    return LabelWeek(week, _words(week, indication), due)


def _words(week: int, indication: str) -> str:
    if indication == "mdsi":
        within = week <= int(claim("esketamine-mdsi-weeks").figure("weeks"))
        return marked("two a week") if within else marked("beyond four weeks, which was not studied systematically")
    figure = claim("esketamine-weeks").figure
    if week <= int(figure("induction_weeks")):
        return marked("two a week")
    if week <= int(figure("weekly_until_week")):
        return marked("one a week")
    return marked("one a week or every second week, as seldom as keeps the gain")


def label_run(days: Sequence[date], today: date, pause_days: int) -> tuple[date, ...]:
    """The days of the doses from which the label's weeks count today, of all days in order, over every course.

    A pause longer than `pause_days` begins them anew; after such a pause there is none yet.
    """
    run: list[date] = []
    for day in days:
        if run and (day - run[-1]).days > pause_days:
            run.clear()
        run.append(day)
    return () if run and (today - run[-1]).days > pause_days else tuple(run)


def label_spans(
    twice_a_week: Sequence[int], slack: int, had: int, doses: int, moving: bool = False
) -> tuple[tuple[int, int], ...]:
    """The fewest and the most days from each dose of a course to the next, where `had` were given before it.

    Two a week for the induction, then one a week, then one a week or every second; `slack` is room for closed days.
    `moving` gives that room in both directions, so that one of many weekly doses can change its day.
    """
    figure = claim("esketamine-weeks").figure
    induction = int(figure("induction_weeks") * figure("induction_per_week"))
    weekly_until = induction + int(figure("weekly_until_week") - figure("induction_weeks"))
    least, most = min(twice_a_week), max(twice_a_week)

    def span(after: int) -> tuple[int, int]:
        if after < induction:
            return least, most + slack
        if after == induction:
            return least, DAYS_A_WEEK + slack
        widest = (1 if after < weekly_until else 2) * DAYS_A_WEEK + slack
        return DAYS_A_WEEK - slack * moving, widest

    return tuple(span(had + number) for number in range(1, doses))


def label_gaps(twice_a_week: Sequence[int]) -> Iterator[int]:
    """Days from one dose to the next by the label's weeks; from week 9 on weekly, until it is spaced out."""
    figure = claim("esketamine-weeks").figure
    doses = int(figure("induction_weeks") * figure("induction_per_week"))
    yield from islice(cycle(twice_a_week), doses)
    while True:
        yield DAYS_A_WEEK
