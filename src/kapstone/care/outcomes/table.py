"""The outcome table of many patients: who was treated, who could be analysed, and what changed in each group."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .change import (
    DETERIORATED,
    IMPROVED,
    UNCHANGED,
    Functional,
    beyond,
    cut_off,
    important_class,
    improvement,
    reliable_change_points,
    reliable_class,
    responded,
)
from .measures import Measure

CLASSES = (IMPROVED, UNCHANGED, DETERIORATED)


@dataclass(frozen=True, slots=True)
class Row:
    """One patient: the score before and after, None where it was not measured, and the group."""

    patient: str
    pre: Decimal | None
    post: Decimal | None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """What single patients are compared with; None leaves that column out."""

    reliable_points: float | None = None
    cut_off: float | None = None
    minimal_important: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of the table. Counts are of `n`, the analysed patients; None means that it cannot be known."""

    n_treated: int
    n: int
    responses: int | None
    remissions: int | None
    mean_change: float | None
    reliable: Mapping[str, int] | None
    recoveries: int | None
    important: Mapping[str, int] | None

    def proportion(self, count: int | None) -> float | None:
        """A count as a fraction of the analysed patients."""
        return None if count is None or self.n == 0 else count / self.n

    def document(self) -> dict[str, object]:
        """The line as plain values for a program. The mean change is after minus before."""
        return {
            "n_treated": self.n_treated,
            "n": self.n,
            "response": self.proportion(self.responses),
            "remission": self.proportion(self.remissions),
            "mean_change": self.mean_change,
            "reliable": None if self.reliable is None else dict(self.reliable),
            "recovered": self.proportion(self.recoveries),
            "mid": None if self.important is None else dict(self.important),
            "counts": {
                "response": self.responses,
                "remission": self.remissions,
                "recovered": self.recoveries,
            },
        }


@dataclass(frozen=True, slots=True)
class OutcomeTable:
    """The whole table, with the lines that were used."""

    measure: Measure
    overall: Outcome
    groups: Mapping[str, Outcome]
    lines: Lines

    def document(self) -> dict[str, object]:
        """The table as plain values for a program."""
        return {
            "n_total": self.overall.n_treated,
            "n_analysed": self.overall.n,
            "instrument": self.measure.id,
            "overall": self.overall.document(),
            "groups": {name: each.document() for name, each in self.groups.items()},
            "reliable_change_points": self.lines.reliable_points,
            "cut_off": self.lines.cut_off,
        }


def outcome_table(
    rows: Iterable[Row],
    measure: Measure,
    reliability: float | None = None,
    functional: Functional | None = None,
    minimal_important: Decimal | None = None,
) -> OutcomeTable:
    """The table of these patients. One reliable-change limit and one cut-off, from all analysed baselines."""
    treated = list(rows)
    baselines = [row.pre for row in treated if row.pre is not None and row.post is not None]
    lines = Lines(
        None if reliability is None else reliable_change_points(baselines, reliability),
        None if functional is None else cut_off(baselines, functional),
        minimal_important,
    )
    names = sorted({row.group for row in treated if row.group is not None})
    groups = {name: _outcome([row for row in treated if row.group == name], measure, lines) for name in names}
    return OutcomeTable(measure, _outcome(treated, measure, lines), groups, lines)


def _outcome(treated: Sequence[Row], measure: Measure, lines: Lines) -> Outcome:
    pairs = [(row.pre, row.post) for row in treated if row.pre is not None and row.post is not None]
    gained = [improvement(measure, pre, post) for pre, post in pairs]
    reliable = _reliable(gained, lines)
    important = lines.minimal_important
    return Outcome(
        n_treated=len(treated),
        n=len(pairs),
        responses=_count(responded(measure, pre, post) for pre, post in pairs),
        remissions=_count(measure.remitted(post) for _, post in pairs),
        mean_change=float(sum(post - pre for pre, post in pairs) / len(pairs)) if pairs else None,
        reliable=None if reliable is None else _tally(reliable),
        recoveries=_recoveries(measure, [post for _, post in pairs], reliable, lines),
        important=None if important is None else _tally([important_class(each, important) for each in gained]),
    )


def _count(results: Iterable[bool | None]) -> int | None:
    found = list(results)
    return None if not found or None in found else sum(each is True for each in found)


def _reliable(gained: Sequence[Decimal], lines: Lines) -> list[str] | None:
    limit = lines.reliable_points
    return None if limit is None else [reliable_class(each, limit) for each in gained]


def _recoveries(
    measure: Measure, posts: Sequence[Decimal], reliable: Sequence[str] | None, lines: Lines
) -> int | None:
    line = lines.cut_off
    if reliable is None or line is None:
        return None
    both = zip(posts, reliable, strict=True)
    return _count(kind == IMPROVED and beyond(measure, post, line) for post, kind in both)


def _tally(kinds: Iterable[str]) -> dict[str, int]:
    counted = Counter(kinds)
    return {kind: counted[kind] for kind in CLASSES}
