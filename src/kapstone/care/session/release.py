"""When a patient may leave: everything must be met, and numbers alone never make anyone ready.

The list is clinical decision 21. Half of it can only be seen by a person, so a file of readings never answers
"ready"; it answers what is still unmet.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from kapstone.care.evaluation.medicines import recognise
from kapstone.care.evidence import Policy, Reason
from kapstone.care.evidence.reasons import marked, reason
from kapstone.care.plan import Format
from kapstone.care.quantities import Instant, elapsed_min, minutes

from .fold import SessionState
from .readings import Standing
from .reminders import Level
from .signals import named
from .slots import SlotState, slots

OBSERVED: dict[str, str] = {
    "dissociation": marked("Dissociation resolved, in the clinician's own words"),
    "sedation": marked("Awake: answers to the name"),
    "orientation": marked("Knows who, where and when"),
    "gait_and_dizziness": marked("Walks steadily, no dizziness"),
    "nausea": marked("Nausea settled, took fluids"),
    "ideation": marked("Asked about suicidal thoughts, with the result"),
    "way_home": marked("Way home arranged"),
}
"""What a person must look at and write down, with the words of the page."""

MET = "met"
NOT_YET = "not_yet"

FOUND: dict[str, tuple[str, str]] = {
    "dissociation": (marked("Dissociation: resolved"), marked("Dissociation: NOT resolved")),
    "sedation": (marked("Sedation: awake, answers to the name"), marked("Sedation: NOT awake")),
    "orientation": (marked("Orientation: knows who, where and when"), marked("Orientation: NOT oriented")),
    "gait_and_dizziness": (marked("Gait: steady, no dizziness"), marked("Gait: NOT steady, or dizzy")),
    "nausea": (marked("Nausea: settled, took fluids"), marked("Nausea: NOT settled")),
    "ideation": (marked("Suicidal thoughts: asked, safe to leave"), marked("Suicidal thoughts: NOT safe to leave")),
    "way_home": (marked("Way home: arranged"), marked("Way home: NOT arranged")),
}
"""What was found, met and not yet, in words that nobody reads as their opposite: the record and the print."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """One condition that is not met, and why."""

    key: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Release:
    """The answer: ready when nothing is unmet. `earliest` is when the format's time is up.

    `look_again` is when somebody looks again: as a person said, or else worked out; None when ready or over.
    """

    unmet: tuple[Unmet, ...]
    earliest: Instant | None
    look_again: Instant | None = None

    @property
    def ready(self) -> bool:
        """True when every condition is met."""
        return not self.unmet


def release(state: SessionState, format_: Format, at: Instant) -> Release:
    """What stands between this patient and the door at this moment."""
    earliest = earliest_release(state, format_)
    unmet = [
        *_time(earliest, at),
        *(found for check in CHECKS for found in check(state, at)),
        *_sets(state, format_, at),
        *_people(state, _observed_from(state, format_), at),
    ]
    unmet += _sign_off(state, format_, unmet)
    again = _look_again(state, earliest, at) if unmet and not state.phase.over else None
    return Release(tuple(unmet), earliest, again)


def likely_earliest(state: SessionState, format_: Format) -> Instant | None:
    """When the time may be up, while the dose still runs as planned; the known end of the time where it has ended."""
    known = earliest_release(state, format_)
    if known is not None or state.clock_zero is None:
        return known
    return would_leave(state.clock_zero, format_, state.policy)


def would_leave(zero: Instant, format_: Format, policy: Policy) -> Instant:
    """When the time would be up at the earliest for a dose that begins at this moment and runs as planned."""
    given, watched = (policy.number(f"plan.{format_.id}.{name}_min") for name in ("duration", "observe"))
    return Instant(zero + minutes(float(given + watched)))


def _look_again(state: SessionState, earliest: Instant | None, at: Instant) -> Instant:
    """What a person said, while it is to come; else the end of the time, or a while from now, whichever is later."""
    if state.look_again is not None and state.look_again > at:
        return state.look_again
    soon = Instant(at + minutes(float(state.policy.number("session.release.look_again_min"))))
    return max(soon, earliest) if earliest is not None else soon


def earliest_release(state: SessionState, format_: Format) -> Instant | None:
    """The end of the format's own observation time, or None while its clock has not begun."""
    start = _observed_from(state, format_)
    if start is None:
        return None
    wait = float(state.policy.number(f"plan.{format_.id}.observe_min"))
    return Instant(start + minutes(wait))


def _observed_from(state: SessionState, format_: Format) -> Instant | None:
    """The end of giving: what observation counts from, and what an observation must come after."""
    return state.last_given if format_.release_clock == "last given" else state.dose_end


def _time(earliest: Instant | None, at: Instant) -> list[Unmet]:
    if earliest is None:
        words = marked("The observation time has not begun: no end of the dose is on record.")
        return [Unmet("time", reason("release.time.not_begun", words))]
    if at < earliest:
        left = -int(-elapsed_min(at, earliest) // 1)
        words = marked("{left} more {unit} of observation.")
        unit = "minute" if left == 1 else "minutes"
        return [Unmet("time", reason("release.time.left", words, left=left, unit=unit))]
    return []


def _breathing(state: SessionState, at: Instant) -> list[Unmet]:
    policy = state.policy
    low, high = policy.number("session.release.rr_low"), policy.number("session.release.rr_high")
    rr, old = _fresh(state, "rr", at)
    spo2, old_oxygen = _fresh(state, "spo2", at)
    floor = policy.number("session.release.spo2_low")
    found = [*_missing(state, "breathing", "breaths", old)]
    found += _missing(state, "breathing", "oxygen", old_oxygen)
    if rr is not None and not low <= rr <= high:
        words = marked("Breaths {rr}/min, outside {low} to {high}.")
        found.append(Unmet("breathing", reason("release.rr", words, rr=rr, low=low, high=high)))
    if spo2 is not None and spo2 < floor:
        words = marked("Oxygen {spo2} %, below {floor}.")
        found.append(Unmet("breathing", reason("release.spo2", words, spo2=spo2, floor=floor)))
    return found


def _pressure(state: SessionState, at: Instant) -> list[Unmet]:
    sbp, old = _fresh(state, "sbp", at)
    dbp, old_too = _fresh(state, "dbp", at)
    if old or old_too or sbp is None or dbp is None:
        return _missing(state, "pressure", "pressure", True)
    below = sbp < state.policy.number("session.release.sbp_below") and dbp < state.policy.number(
        "session.release.dbp_below"
    )
    if not (below or (_near(state, "sbp", sbp) and _near(state, "dbp", dbp))):
        words = marked("Pressure {sbp}/{dbp} mmHg is not down yet.")
        return [Unmet("pressure", reason("release.pressure.high", words, sbp=sbp, dbp=dbp))]
    return []


def _near(state: SessionState, key: str, value: Decimal) -> bool:
    baseline = state.baseline.get(key)
    share = state.policy.number("session.release.near_baseline_percent") / 100
    return baseline is not None and value <= baseline * (1 + share)


def _open_reminders(state: SessionState, at: Instant) -> list[Unmet]:
    words = marked("A reminder is open: {what}")
    return [
        Unmet("reminders", reason("release.reminder", words, what=episode.what))
        for episode in state.watch.current()
        if episode.level > Level.YELLOW
        or elapsed_min(episode.last, at) < float(state.policy.number("session.release.reading_fresh_min"))
    ]


BEFORE_IS_ENOUGH = frozenset({"way_home"})
"""What may be looked at before the dose and still holds after it."""


def _people(state: SessionState, since: Instant | None, at: Instant) -> list[Unmet]:
    found, fresh = [], state.policy.number("session.release.reading_fresh_min")
    for what, words in OBSERVED.items():
        event = state.observations.get(what)
        if event is None:
            found.append(Unmet(what, reason(f"release.{what}.not_looked", f"{words}: not looked at yet.")))
        elif what not in BEFORE_IS_ENOUGH and (since is None or event.at_device < since):
            found.append(Unmet(what, reason(f"release.{what}.before", f"{words}: looked at before the dose's end.")))
        elif what not in BEFORE_IS_ENOUGH and elapsed_min(event.at_device, at) > float(fresh):
            old = f"{words}: looked at more than {{limit}} minutes ago. Look again."
            found.append(Unmet(what, reason(f"release.{what}.old", old, limit=fresh)))
        elif event.payload.get("finding") != MET:
            found.append(Unmet(what, reason(f"release.{what}.not_yet", f"{words}: not yet.")))
    return found


def _help(state: SessionState, at: Instant) -> list[Unmet]:
    if state.helping is None:
        return []
    return [Unmet("help", reason("release.help", marked("A call for help runs; write how it ended.")))]


def _sedation(state: SessionState, at: Instant) -> list[Unmet]:
    """A score below the policy's, where one was given, whatever else was written."""
    latest = state.latest.get("moaas")
    least = state.policy.number("session.release.sedation_score")
    if latest is None or latest.judged.standing is not Standing.USED or latest.judged.value >= least:
        return []
    words = marked("Sedation {score} of 5; at least {least} to leave.")
    return [Unmet("sedation", reason("release.sedation.score", words, score=latest.judged.value, least=least))]


def _sets(state: SessionState, format_: Format, at: Instant) -> list[Unmet]:
    """Sets of readings that were neither taken nor closed with a reason: no session ends over them."""
    words = marked("Readings of {when}: {missing} not measured and no reason written.")
    alike: dict[tuple[str, ...], list[str]] = {}
    for one in slots(state, format_, at):
        if one.standing in (SlotState.MISSED, SlotState.OVERDUE):
            alike.setdefault(one.missing, []).append(str(one.minute))
    return [
        Unmet("sets", reason("release.sets", words, when=_minutes(found), missing=named(missing)))
        for missing, found in alike.items()
    ]


def _minutes(found: list[str]) -> str:
    return f"minute {found[0]}" if len(found) == 1 else f"minutes {', '.join(found[:-1])} and {found[-1]}"


def _fresh(state: SessionState, key: str, at: Instant) -> tuple[Decimal | None, bool]:
    """The latest usable value, and whether it is missing or too old."""
    latest = state.latest.get(key)
    if latest is None or latest.judged.standing is not Standing.USED:
        return None, True
    limit = float(state.policy.number("session.release.reading_fresh_min"))
    old = elapsed_min(latest.at, at) > limit
    return (None if old else latest.judged.value), old


def _missing(state: SessionState, key: str, what: str, old: bool) -> list[Unmet]:
    limit = state.policy.number("session.release.reading_fresh_min")
    words = marked("No usable {what} in the last {limit} minutes.")
    return [Unmet(key, reason(f"release.{key}.missing", words, what=what, limit=limit))] if old else []


SEDATING = frozenset({"benzodiazepine", "alpha_agonist"})
"""Classes of medicines that make sleepy by themselves; each has its own time before anyone leaves."""


def _after_sedative(state: SessionState, at: Instant) -> list[Unmet]:
    """A medicine that makes sleepy was given in the session: its own time counts too."""
    wait = state.policy.number("session.release.after_sedative_min")
    words = marked("{drug} was given; {left} more minutes.")
    found = []
    for event in state.medicines:
        drug = str(event.payload.get("drug", ""))
        passed = elapsed_min(event.at_device, at)
        if passed < float(wait) and any(one.classes & SEDATING for one in recognise(drug)):
            left = -int(-(float(wait) - passed) // 1)
            found.append(Unmet("sedative", reason("release.sedative", words, drug=drug.capitalize(), left=left)))
    return found


def _sign_off(state: SessionState, format_: Format, unmet: list[Unmet]) -> list[Unmet]:
    """A prescriber signs first where the policy asks for it; asked for last, when nothing else is open."""
    why, since = _why_sign(state, format_)
    if unmet or not why:
        return []
    signed = state.signed_off
    if signed is not None and since is not None and signed.at_device >= since:
        return []
    return [Unmet("sign_off", reason("release.sign_off", marked("A prescriber signs first: {why}."), why=why))]


def _why_sign(state: SessionState, format_: Format) -> tuple[str, Instant | None]:
    """Why a prescriber must sign, and since when a signature counts; no words where none is asked for."""
    policy, since = state.policy, _observed_from(state, format_)
    red = [one.last for one in state.watch.episodes if one.level is Level.RED]
    late = list(_red_told_late(state))
    if since is not None:
        since = max([since, *red, *late])
    if policy.on("session.release.sign_off_always"):
        return marked("the policy asks for it at every release"), since
    if red and policy.on("session.release.sign_off_after_red"):
        return marked("a red reminder was open in this session"), since
    if late and policy.on("session.release.sign_off_after_red"):
        return marked("a value of the red level was written later"), since
    pressures = [(key, latest) for key in ("sbp", "dbp") if (latest := state.latest.get(key)) is not None]
    far = [latest.at for key, latest in pressures if not _near(state, key, latest.judged.value)]
    if policy.on("session.release.sign_off_far_from_baseline") and far:
        # A signature under an earlier pressure says nothing of this one.
        return marked("the pressure is down, but far from the baseline"), max([*far, *([since] if since else [])])
    return "", since


def _red_told_late(state: SessionState) -> Iterator[Instant]:
    """When a value of the red level was written that reminded of nothing, because newer ones stood already."""
    for line in state.lines:
        if line.event.kind == "reading" and line.remark.startswith("Late"):
            sets = (found.values() for when, found in state.readings if when == line.event.at_device)
            if any(state.watch.level_of(one) is Level.RED for found in sets for one in found):
                yield line.event.at_received


CHECKS: tuple[Callable[[SessionState, Instant], list[Unmet]], ...] = (
    _help,
    _breathing,
    _pressure,
    _sedation,
    _open_reminders,
    _after_sedative,
)
