"""One line of the drug register, and what a container is by its label. Amounts are in the container's own unit.

Everything about a container is read off it by a person: nothing here has a default.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kapstone.care.evidence.reasons import marked
from kapstone.care.quantities import Instant, plain


class Shape(StrEnum):
    """What a container is."""

    VIAL = "vial"
    DEVICE = "device"
    TABLET = "tablet"

    @property
    def unit(self) -> str:
        """What its content is counted in."""
        return {Shape.VIAL: "mL", Shape.DEVICE: "devices", Shape.TABLET: "tablets"}[self]

    def said(self, amount: Decimal) -> str:
        """An amount with its unit."""
        return f"{plain(amount)} {self.unit.removesuffix('s') if amount == 1 else self.unit}"

    def holds(self, strength: Decimal) -> str:
        """A strength in mg as one says it: “50 mg/mL”, “28 mg in a device”."""
        return f"{plain(strength)} mg" + (f" in a {self}" if self.whole else "/mL")

    @property
    def whole(self) -> bool:
        """True where the content comes in pieces, of which an unopened one can go back."""
        return self is not Shape.VIAL


@dataclass(frozen=True, slots=True)
class Made:
    """A container by its label. `strength` is mg in one unit, `size` the units by the label, without overfill.

    `patient` is the id of the one patient it was sent for, empty for the clinic's own stock.
    """

    drug: str
    shape: Shape
    strength: Decimal
    size: Decimal
    ndc: str
    lot: str
    expiry: date
    schedule: str
    multi_dose: bool = False
    patient: str = ""

    @property
    def label(self) -> str:
        """All of it in one line, the same for the same label."""
        kind = "multi-dose" if self.multi_dose else "single-dose"
        said = (self.drug, str(self.shape), plain(self.strength), plain(self.size), self.ndc, self.lot)
        return " | ".join((*said, self.expiry.isoformat(), self.schedule, kind, self.patient))

    @property
    def concentration(self) -> str:
        """The strength as one says it."""
        return self.shape.holds(self.strength)


class Kind(StrEnum):
    """What a line of the register says."""

    OPENING = "opening"
    RECEIVED = "received"
    DRAWN = "drawn"
    WASTED = "wasted"
    RETURNED = "returned"
    COUNTED = "counted"
    EXPLAINED = "explained"


KINDS: dict[Kind, str] = {
    Kind.OPENING: marked("Opening inventory"),
    Kind.RECEIVED: marked("Received"),
    Kind.DRAWN: marked("Drawn"),
    Kind.WASTED: marked("Wasted"),
    Kind.RETURNED: marked("Sent back unopened"),
    Kind.COUNTED: marked("Counted"),
    Kind.EXPLAINED: marked("Difference explained"),
}
"""Each kind with the words of the page."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `given`, `wasted` and `returned` are what became of what was drawn; `counted` is what a count found.

    `about` is the line that an explanation explains, `outcome` what it says of it. `by` and `witness` are ids.
    `opened` is when a vial that was here before was opened, as is written on it. `label` is what was read off the
    container as it came, so that the chain holds that too.
    """

    id: str
    kind: Kind
    container: str
    at: Instant
    by: str
    witness: str = ""
    session: str = ""
    drawn: Decimal = Decimal(0)
    given: Decimal = Decimal(0)
    wasted: Decimal = Decimal(0)
    returned: Decimal = Decimal(0)
    counted: Decimal | None = None
    about: str = ""
    outcome: str = ""
    words: str = ""
    opened: Instant | None = None
    label: str = ""

    @property
    def leaves(self) -> Decimal:
        """By how much the container holds less after this line: what was drawn, without what went back unopened."""
        return {
            Kind.DRAWN: self.given + self.wasted,
            Kind.WASTED: self.wasted,
            Kind.RETURNED: self.returned,
        }.get(self.kind, Decimal(0))
