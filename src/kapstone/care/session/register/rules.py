"""What may be drawn, wasted, sent back, and by whom it is seen. Each no is a reason; all of them are kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from kapstone.care.evidence import Policy, Reason
from kapstone.care.evidence.reasons import marked, reason
from kapstone.care.quantities import Instant, plain

from .entry import Shape
from .stock import Container


@dataclass(frozen=True, slots=True)
class Use:
    """What is to be drawn from a container, and what became of it. `lot` is what was read off the label just now."""

    lot: str
    drawn: Decimal
    given: Decimal
    wasted: Decimal
    returned: Decimal
    patient: str
    session: str


def why_not_draw(container: Container, use: Use, policy: Policy, at: Instant, zone: ZoneInfo) -> tuple[Reason, ...]:
    """Everything that stands against drawing this; empty where it may be written."""
    return (*_label(container, use, policy, at, zone), *_amounts(container, use, policy))


def _label(container: Container, use: Use, policy: Policy, at: Instant, zone: ZoneInfo) -> Iterator[Reason]:
    made, today = container.made, at.astimezone(zone).date()
    if container.gone:
        yield reason("register.gone", marked("This container is empty, wasted or sent back."))
    if use.lot.strip().casefold() != made.lot.casefold():
        words = marked("The lot on the label reads “{read}”; the register has “{known}” for this container.")
        yield reason("register.lot", words, read=use.lot.strip(), known=made.lot)
    if today > made.expiry:
        yield reason("register.expired", marked("It expired on {on}. Waste it."), on=f"{made.expiry:%B %d, %Y}")
    if made.patient and made.patient != use.patient:
        yield reason("register.assigned", marked("It was sent for another patient. It goes to nobody else."))
    if container.opened is not None and made.shape is Shape.VIAL:
        yield from _opened(container, use, policy, at, zone)


def _opened(container: Container, use: Use, policy: Policy, at: Instant, zone: ZoneInfo) -> Iterator[Reason]:
    assert container.opened is not None
    days = policy.number("session.register.opened_days")
    since = container.opened.astimezone(zone).date()
    if not container.made.multi_dose and container.last_session != use.session:
        yield reason("register.single", marked("A single-dose vial is opened for one patient. Waste what is left."))
    elif at.astimezone(zone).date() > since + timedelta(days=int(days)):
        words = marked("It was opened on {on}, more than {days} days ago. Waste what is left.")
        yield reason("register.opened", words, on=f"{since:%B %d, %Y}", days=days)


def _amounts(container: Container, use: Use, policy: Policy) -> Iterator[Reason]:
    made, unit = container.made, container.made.shape.unit
    parts = (use.drawn, use.given, use.wasted, use.returned)
    if use.drawn <= 0 or min(parts) < 0:
        yield reason("register.none", marked("Write what was drawn: more than 0 {unit}."), unit=unit)
    if use.drawn != use.given + use.wasted + use.returned:
        words = marked("Drawn is given + wasted + sent back unopened: {drawn} is not {sum} {unit}.")
        total = plain(use.given + use.wasted + use.returned)
        yield reason("register.sum", words, drawn=plain(use.drawn), sum=total, unit=unit)
    if use.returned and not made.shape.whole:
        yield reason("register.back", marked("What was drawn from a vial never goes back into it. It is wasted."))
    if made.shape.whole and any(part != part.to_integral_value() for part in parts):
        yield reason("register.pieces", marked("{unit} are counted in whole pieces."), unit=unit.capitalize())
    # Pieces are all taken out of the pack, also those that go back into it; a vial gives what is drawn for good.
    out = use.drawn if made.shape.whole else use.given + use.wasted
    over = out - container.balance
    room = made.size * policy.number("session.register.overfill_percent") / 100 if made.shape is Shape.VIAL else 0
    if over > room:
        words = marked("Only {left} {unit} are in it by the register. Count it first.")
        yield reason("register.balance", words, left=plain(container.balance), unit=unit)


def why_not_return(container: Container, amount: Decimal) -> tuple[Reason, ...]:
    """Against sending units back: only what was never opened goes, and no more than is here."""
    found: list[Reason] = []
    unit = container.made.shape.unit
    if container.made.shape is Shape.VIAL and (container.opened is not None or amount != container.balance):
        found.append(reason("register.unopened", marked("Only a whole, unopened vial goes back.")))
    if amount <= 0 or amount > container.balance:
        words = marked("{left} {unit} are in it by the register.")
        found.append(reason("register.balance", words, left=plain(container.balance), unit=unit))
    return tuple(found)


def why_not_witness(by: str, witness: str, needed: bool) -> tuple[Reason, ...]:
    """Against a witness: none where one is needed, or oneself, whatever the policy says."""
    if witness and witness == by:
        return (reason("register.oneself", marked("Nobody is their own witness. A colleague watches and signs.")),)
    if needed and not witness:
        return (reason("register.no_witness", marked("A witness watches this and signs. The policy asks for one.")),)
    return ()
