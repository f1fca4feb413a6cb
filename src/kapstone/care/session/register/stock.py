"""The register as a fold: lines in, what is in each container out, and each difference that nobody has explained."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kapstone.care.quantities import Instant

from .entry import Entry, Kind, Made, Shape


@dataclass(slots=True)
class Container:
    """One vial, pack or kit. `balance` is what the lines say is in it; none of it is guessed.

    A vial may hold more than its label says: the balance then goes below nothing, until a count is explained so.
    """

    id: str
    made: Made
    balance: Decimal
    opened: Instant | None = None
    last_session: str = ""
    gone: bool = False

    @property
    def left(self) -> str:
        """What is in it, in words."""
        return self.made.shape.said(self.balance)


@dataclass(frozen=True, slots=True)
class Difference:
    """A count that found something else than the lines say, and that nobody has explained. Positive is too much."""

    entry: Entry
    container: Container
    expected: Decimal

    @property
    def amount(self) -> Decimal:
        """How much more was there than should be; negative where something is missing."""
        assert self.entry.counted is not None
        return self.entry.counted - self.expected


@dataclass(frozen=True, slots=True)
class Lined:
    """One line with what the container held after it."""

    entry: Entry
    balance: Decimal


@dataclass(slots=True)
class Stock:
    """Everything that the register says."""

    containers: dict[str, Container] = field(default_factory=dict)
    lines: list[Lined] = field(default_factory=list)
    open: dict[str, Difference] = field(default_factory=dict)
    explained: list[tuple[Difference, Entry]] = field(default_factory=list)
    inventories: list[Instant] = field(default_factory=list)

    def take(self, entry: Entry, made: Made | None) -> None:
        """Adds the next line. KeyError for a container that never came."""
        if entry.kind in (Kind.OPENING, Kind.RECEIVED):
            assert made is not None
            held = made.size if entry.counted is None else entry.counted
            self.containers[entry.container] = Container(entry.container, made, held, opened=entry.opened)
            if entry.kind is Kind.OPENING and len(self.inventories) == len(self.lines):  # nothing but openings before
                self.inventories.append(entry.at)
        container = self.containers[entry.container]
        TAKES.get(entry.kind, _nothing)(self, container, entry)
        self.lines.append(Lined(entry, container.balance))

    def totals(self) -> dict[tuple[str, Shape, Decimal], Decimal]:
        """What is here of each drug, by shape and strength."""
        found: dict[tuple[str, Shape, Decimal], Decimal] = {}
        for one in self.containers.values():
            key = (one.made.drug, one.made.shape, one.made.strength)
            found[key] = found.get(key, Decimal(0)) + (Decimal(0) if one.gone else max(one.balance, Decimal(0)))
        return found


def stock(entries: Iterable[Entry], made: Mapping[str, Made]) -> Stock:
    """The register after these lines, in their order."""
    found = Stock()
    for entry in entries:
        found.take(entry, made.get(entry.container))
    return found


def _nothing(found: Stock, container: Container, entry: Entry) -> None:
    """A line that changes nothing more."""


def _drawn(found: Stock, container: Container, entry: Entry) -> None:
    if entry.leaves:
        container.opened = container.opened or entry.at
        container.last_session = entry.session
    container.balance -= entry.leaves
    container.gone = container.made.shape.whole and container.balance <= 0


def _left(found: Stock, container: Container, entry: Entry) -> None:
    """Wasted, or sent back: an empty container is gone, and a vial of which a part was wasted is open."""
    if entry.kind is Kind.WASTED and entry.leaves:
        container.opened = container.opened or entry.at
    container.balance -= entry.leaves
    container.gone = container.gone or container.balance <= 0


def _counted(found: Stock, container: Container, entry: Entry) -> None:
    if entry.outcome == "inventory":
        found.inventories.append(entry.at)
    if entry.counted is not None and entry.counted != container.balance:
        found.open[entry.id] = Difference(entry, container, container.balance)


def _explained(found: Stock, container: Container, entry: Entry) -> None:
    """The difference is closed. The balance becomes what the count found, unless the count was the mistake.

    Another count of the same container that found the same difference is explained with it.
    """
    difference = found.open.pop(entry.about, None)
    if difference is None:
        return
    found.explained.append((difference, entry))
    if entry.outcome == "mistake":
        return
    container.balance += difference.amount
    for key, other in list(found.open.items()):
        if other.container.id == container.id:
            found.open[key] = replace(other, expected=other.expected + difference.amount)
            if not found.open[key].amount:
                del found.open[key]


TAKES = {
    Kind.DRAWN: _drawn,
    Kind.WASTED: _left,
    Kind.RETURNED: _left,
    Kind.COUNTED: _counted,
    Kind.EXPLAINED: _explained,
}
