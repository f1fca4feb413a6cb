"""Reads what devices offered, and which device stands where."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef

from kapstone.care.evidence import Policy
from kapstone.care.quantities import Instant, elapsed_min, plain
from kapstone.care.session import SIGNALS
from kapstone.care.session.lifecycle import ENDING
from kapstone.care.session.readings import BELIEVED, Judged, Standing, judge
from kapstone.care.session.reminders.no_breaths import RULE as NO_BREATHS
from kapstone.care.session.signals import BEDSIDE
from kapstone.care.session.slots import SlotState, current
from kapstone.care.session.technical import Fault, Technical
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.models import Clinic
from kapstone.clinic.ground.people.queries import policy_in_force, policy_of
from kapstone.clinic.ground.people.secret import hashed
from kapstone.clinic.ground.people.who import visible
from kapstone.clinic.session.models import DeviceMatch, Gateway, Offer, RawInput, SessionEvent, TreatmentSession
from kapstone.clinic.session.queries import LONGEST, Seen, seen

FEW = 10
"""An impossible number of breaths below this may be a patient who hardly breathes; above it is a fault."""

HEARD = timedelta(minutes=5)
"""A device that was silent for longer is no longer on the tray."""


def gateway_of(key: str) -> Gateway | None:
    """The gateway with this key, while it may send."""
    return Gateway.objects.select_related("clinic").filter(hash=hashed(key), ended_at=None).first()


def match_of(session_id: UUID) -> DeviceMatch | None:
    """The device at this session's chair, chosen or confirmed."""
    found = DeviceMatch.objects.filter(session_id=session_id, ended_at=None)
    return found.order_by("chosen_at", "id").last()


def standing(clinic: Clinic, at: Instant, devices: Collection[str] | None = None) -> dict[str, DeviceMatch]:
    """Every device, or each of these, that stands at a chair whose session still runs; what any other sends waits on
    the tray. A session that nobody closed keeps its device for no longer than a session may last."""
    over = SessionEvent.objects.filter(session_id=OuterRef("session_id"), kind__in=ENDING)
    found = DeviceMatch.objects.filter(
        clinic=clinic, ended_at=None, confirmed_at__isnull=False, session__opened_at__gt=at - LONGEST
    )
    found = found if devices is None else found.filter(device__in=devices)
    rows = found.filter(~Exists(over)).select_related("session__patient").order_by("confirmed_at", "id")
    return {one.device: one for one in rows}


def last_offers(clinic: Clinic, at: Instant, devices: Collection[str]) -> dict[str, Offer]:
    """What each of these devices offered last, within the last minutes. One look into an index each."""
    rows = Offer.objects.filter(clinic=clinic, at__gt=at - HEARD, refused="").order_by("-at", "-id")
    found = {device: rows.filter(device=device).first() for device in devices}
    return {device: last for device, last in found.items() if last is not None}


@dataclass(frozen=True, slots=True)
class Offered:
    """The newest offer of a device at a chair. `words` says the values, `odd` what about them cannot be true, `look`
    what must be looked at before anybody takes anything."""

    offer: Offer
    age_s: int
    judged: Mapping[str, Judged]
    stale_from: Instant
    stale: bool
    flat: tuple[str, ...] = ()

    @property
    def usable(self) -> dict[str, Decimal]:
        """The values that may be taken."""
        return {key: one.value for key, one in self.judged.items() if one.standing in BELIEVED}

    @property
    def words(self) -> str:
        """The usable values in words."""
        return ", ".join(f"{SIGNALS[key].words} {plain(value)}" for key, value in self.usable.items())

    @property
    def look(self) -> str:
        """No breaths beside a live heart, or too few to be believed, in words; empty where there are enough."""
        breaths = self.judged.get("rr")
        if self.stale or breaths is None or breaths.standing not in (Standing.NO_BREATHS, Standing.IMPLAUSIBLE):
            return ""
        if breaths.standing is Standing.NO_BREATHS:
            return NO_BREATHS.what
        few = breaths.value < FEW
        return f"Look at the patient: {plain(breaths.value)} breaths a minute. Count them." if few else ""

    @property
    def remarks(self) -> str:
        """All that a page says of these values beside the values."""
        return " ".join((*((self.look,) if self.look else ()), *self.odd))

    @property
    def odd(self) -> list[str]:
        """What is shown as technical."""
        return [
            f"{SIGNALS[one.signal].words} {plain(one.value)}: {one.standing}, not offered."
            for one in self.judged.values()
            if one.standing not in BELIEVED
        ] + list(self.flat)

    @property
    def open(self) -> bool:
        """Whether somebody may take it now."""
        return bool(self.usable) and not self.stale and self.offer.taken is None


def newest(match: DeviceMatch, policy: Policy, at: Instant) -> Offered | None:
    """What the device at this chair offered last since it stands here; None where it did not."""
    if match.confirmed_at is None:
        return None
    here = Offer.objects.filter(session_id=match.session_id, device=match.device, at__gte=match.confirmed_at)
    found = here.filter(refused="", at__lte=at).order_by("-at", "-id").first()
    return offered(found, policy, at) if found else None


def offered(found: Offer, policy: Policy, at: Instant) -> Offered:
    """An offer as a person reads it at a moment."""
    values = {key: Decimal(told) for key, told in found.values.items() if key in BEDSIDE}
    stale_from = Instant(found.at + timedelta(seconds=float(policy.number("session.devices.stale_s"))))
    age = elapsed_min(Instant(found.at), at) * 60
    return Offered(found, int(age), judge(values, policy), stale_from, at > stale_from, tuple(_flat(found, policy)))


def _flat(found: Offer, policy: Policy) -> Iterator[str]:
    """What the device has told to the last digit for too long, in words."""
    times, minutes = (policy.number(f"session.technical.flat_{name}") for name in ("values", "min"))
    for key, (value, since, often) in found.steady.items():
        began = Instant(datetime.fromisoformat(since))
        if often >= times and elapsed_min(began, Instant(found.at)) >= float(minutes):
            yield Technical(Fault.FLAT, (key,), began, Instant(found.at), Decimal(value)).what


def offers_of(session_ids: Collection[UUID], at: Instant) -> dict[UUID, Offered]:
    """The newest offer at each of these sessions' chairs, where there is one."""
    rows = DeviceMatch.objects.filter(session_id__in=session_ids, ended_at=None, confirmed_at__isnull=False)
    matches = {one.session_id: one for one in rows.select_related("session__policy").order_by("chosen_at", "id")}
    found = {key: newest(one, policy_of(one.session.policy), at) for key, one in matches.items()}
    return {key: told for key, told in found.items() if told is not None}


def devices_of(session_ids: Collection[UUID]) -> dict[UUID, str]:
    """The device that stands at each of these sessions' chairs, confirmed."""
    rows = DeviceMatch.objects.filter(session_id__in=session_ids, ended_at=None, confirmed_at__isnull=False)
    return dict(rows.order_by("chosen_at", "id").values_list("session_id", "device"))


def session_for_program(act: Act, session_id: UUID) -> Seen:
    """One session of the clinic that the program itself looks at."""
    rows = TreatmentSession.objects.select_related("patient", "policy", "dose__course")
    return seen(act, rows.get(id=session_id, clinic=act.clinic))


def wanted_by_slot(act: Act, now: Seen) -> Offered | None:
    """What a set that is due would take now; None where nobody said so, none is due, or nothing fits."""
    match = match_of(now.session.id)
    if match is None or match.confirmed_at is None or not match.slots:
        return None
    slot = current(now.slots(act.at))
    told = newest(match, now.policy, act.at)
    due = slot is not None and slot.standing in (SlotState.DUE, SlotState.OVERDUE)
    fits = due and slot is not None and told is not None and set(slot.missing) & set(told.usable)
    return told if fits and told is not None and told.open else None


def with_slots(clinic: Clinic, at: Instant) -> list[UUID]:
    """The sessions whose device is to be taken by due sets."""
    return [one.session_id for one in standing(clinic, at).values() if one.slots]


@dataclass(frozen=True, slots=True)
class OnTray:
    """A device that was heard in the last minutes: what it says, and at which session it stands, if at one."""

    device: str
    at: Instant
    values: str
    match: DeviceMatch | None


def tray(act: Act) -> list[OnTray]:
    """Every device that was heard lately, the unassigned above. Of each only the newest set is read."""
    policy, _ = policy_in_force(act.clinic)
    heard = visible(act, Offer, "device.see").filter(at__gt=act.at - HEARD, at__lte=act.at, refused="")
    stands, found = standing(act.clinic, act.at), []
    for device in heard.order_by("device").values_list("device", flat=True).distinct():
        last = heard.filter(device=device).order_by("at", "id").last()
        if last is not None:
            found.append(OnTray(device, Instant(last.at), offered(last, policy, act.at).words, stands.get(device)))
    return sorted(found, key=lambda one: one.match is not None)


def refused(act: Act, most: int = 30) -> list[RawInput | Offer]:
    """The newest messages and sets that were not taken, with why."""
    raws = visible(act, RawInput).exclude(refused="").select_related("gateway").order_by("-received_at")[:most]
    sets = visible(act, Offer, "device.see").exclude(refused="").order_by("-at")[:most]
    return [*raws, *sets]


def gateways(act: Act) -> list[Gateway]:
    """Whoever may send."""
    return list(visible(act, Gateway).filter(ended_at=None).order_by("name"))
