"""Supply that a pharmacy sent for one named patient: expected, arrived, used or sent back; for nobody else."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from kapstone.care.evidence import Reason
from kapstone.care.evidence.reasons import marked, reason
from kapstone.care.quantities import Mg


class SupplyState(StrEnum):
    """Where one kit is."""

    EXPECTED = "expected"
    ARRIVED = "arrived"
    USED = "used"
    RETURNED = "returned"
    NOT_COMING = "not coming"


TRANSITIONS: dict[tuple[SupplyState, str], SupplyState] = {
    (SupplyState.EXPECTED, "arrive"): SupplyState.ARRIVED,
    (SupplyState.EXPECTED, "give up"): SupplyState.NOT_COMING,
    (SupplyState.ARRIVED, "use"): SupplyState.USED,
    (SupplyState.ARRIVED, "return"): SupplyState.RETURNED,
}
"""Every step there is; a kit that was used or sent back stays so."""


@dataclass(frozen=True, slots=True)
class Supply:
    """One kit for one patient. `expected_on` is the pharmacy's day."""

    patient: UUID
    mg: Mg
    state: SupplyState
    expected_on: date | None = None


def may_use(kit: Supply, patient: UUID, mg: Mg) -> tuple[Reason, ...]:
    """Everything against using this kit for this patient's dose; empty where nothing is."""
    found = []
    if kit.patient != patient:
        found.append(reason("supply.other", marked("This kit was sent for another patient and goes to nobody else.")))
    if kit.state is not SupplyState.ARRIVED:
        words = marked("This kit is not here to be used: {state}.")
        found.append(reason("supply.state", words, state=kit.state.value))
    if kit.mg != mg:
        words = marked("This kit holds {kit}; the order is for {mg}.")
        found.append(reason("supply.mg", words, kit=kit.mg, mg=mg))
    return tuple(found)


def missing_before(kits: tuple[Supply, ...], doses: tuple[tuple[date, Mg], ...], today: date) -> tuple[Reason, ...]:
    """Which coming doses have no kit that is here or expected in time, the next first.

    A kit whose day has passed without its arrival is no kit in time; the reason then names that day.
    """
    free = [kit for kit in kits if kit.state in (SupplyState.ARRIVED, SupplyState.EXPECTED)]
    free.sort(key=lambda kit: (kit.state is not SupplyState.ARRIVED, kit.expected_on or date.max))
    found = []
    for day, mg in sorted(doses, key=lambda one: one[0]):
        if day < today:
            continue
        fit = next((kit for kit in free if kit.mg == mg and _in_time(kit, day, today)), None)
        if fit is not None:
            free.remove(fit)
            continue
        late = next((kit for kit in free if kit.mg == mg and _is_late(kit, today)), None)
        if late is None:
            words = marked("No kit of {mg} is here or expected before the dose of {day}.")
            found.append(reason("supply.missing", words, mg=mg, day=f"{day:%Y-%m-%d}"))
        else:
            free.remove(late)
            words = marked("The kit of {mg} for the dose of {day} was expected on {expected} and is not here.")
            days = {"day": f"{day:%Y-%m-%d}", "expected": f"{late.expected_on:%Y-%m-%d}"}
            found.append(reason("supply.late", words, mg=mg, **days))
    return tuple(found)


def _is_late(kit: Supply, today: date) -> bool:
    """Whether a kit's day has passed and it is not here."""
    return kit.state is SupplyState.EXPECTED and kit.expected_on is not None and kit.expected_on < today


def _in_time(kit: Supply, day: date, today: date) -> bool:
    if kit.state is SupplyState.ARRIVED:
        return True
    return kit.expected_on is not None and today <= kit.expected_on <= day
