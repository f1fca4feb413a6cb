"""What the session page shows, worked out from the folded record: tiles, reminders, slots, the chart and the log."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString

from kapstone.care.plan.touch import TOUCH, Touch
from kapstone.care.quantities import Instant, elapsed_min
from kapstone.care.session import SIGNALS, Level, Phase
from kapstone.care.session.adverse import due_round
from kapstone.care.session.parts import PARTS
from kapstone.care.session.readings import Judged, Standing
from kapstone.care.session.reminders import Episode
from kapstone.care.session.signals import SEDATION, named
from kapstone.care.session.slots import Slot, SlotState, current, unanswered
from kapstone.clinic.evaluation.photos.queries import photo_url, photo_urls
from kapstone.clinic.evaluation.queries import allergies
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.queries import names_of
from kapstone.clinic.ground.ui import svg
from kapstone.clinic.plan.ordering.queries import again_order, dose_order
from kapstone.clinic.plan.touch.queries import touch_of
from kapstone.clinic.session.calling.queries import told_of
from kapstone.clinic.session.chairs.queries import chair_of, chairs, near
from kapstone.clinic.session.devices.queries import Offered, match_of, newest
from kapstone.clinic.session.dosing.guards import is_checked, is_used, misses_said
from kapstone.clinic.session.queries import Seen
from kapstone.clinic.session.wording import name_of, room_words, short, words


@dataclass(frozen=True, slots=True)
class Tile:
    """One vital sign: its value, when it was measured, how old it is, and whether it may be believed."""

    key: str
    name: str
    value: str
    unit: str
    age: str
    css: str
    remark: str = ""
    at: Instant | None = None


def monitor_context(act: Act, now: Seen) -> dict[str, object]:
    """The context of `session/session.html`."""
    state, zero = now.state, now.state.clock_zero
    since = elapsed_min(zero, _until_when(act, now)) if zero else None
    rows, order, sets = _rows(now), dose_order(act, now.session.dose), now.slots(act.at)
    match = match_of(now.session.id) if not now.phase.over else None
    told = newest(match, now.policy, act.at) if match is not None else None
    touch, beside = touch_of(act, now.session.patient), others(act, now)
    more = again_order(act, now.session.dose) if now.phase is Phase.OBSERVING else None
    return {
        "helping": state.helping,
        "chair": chair_of(act.clinic, now),
        "others": beside,
        "next_change": _next_change(act, now, beside, told),
        "owner": name_of(state.owner),
        "mine": act.actor is not None and state.owner == str(act.actor.id),
        "allergies": allergies(act, now.session.patient),
        "missed": [one.minute for one in unanswered(sets)],
        "late": _late(act, now),
        "misses": misses_said(now),
        "checked": is_checked(now, order),
        "more": more if more is not None and not is_used(now, more) else None,
        "more_checked": is_checked(now, more),
        "parts": [(key, words, key == state.part) for key, words in PARTS.items()],
        "part": PARTS.get(state.part, state.part),
        "part_min": int(elapsed_min(state.part_since, _until_when(act, now))) if state.part_since else None,
        "sedation": SEDATION.items(),
        "room_set": room_words(state.setting),
        "ask_now": due_round(set(state.asked), zero, now.policy, act.at) if not now.phase.over else None,
        "device": match,
        "offered": told,
        "silent": match is not None and match.confirmed_at is not None and (told is None or told.stale),
        "touch_words": TOUCH[touch],
        "touch_any": touch is not Touch.NONE,
        "now_session": now,
        "photo": photo_url(act, now.session.patient_id),
        "patient_name": now.session.patient.name,
        "since_min": int(since) if since is not None else None,
        "tiles": _tiles(act, now),
        "reminders": [_reminder(act, now, one) for one in state.watch.current()] if not now.phase.over else [],
        "technical": [*(one.what for one in state.technical.current()), *(told.odd if told is not None else ())],
        "slot": _slot(act, sets),
        "chart": chart(now, since) if zero else "",
        "chart_columns": _COLUMNS,
        "chart_rows": svg.vitals_table(rows),
        "log": _log(act, now),
        "order": order,
        "steps": _steps(now.phase),
    }


def _late(act: Act, now: Seen) -> list[dict[str, object]]:
    """What has waited too long, and who was told of it; nobody where nobody was."""
    tasks = [one for one in now.waiting(act.at) if one.overdue(act.at)]
    told = told_of(now.session.id) if tasks else {}
    return [{"what": one.what, "since": one.since, "told": ", ".join(told.get(one.key, []))} for one in tasks]


def _next_change(act: Act, now: Seen, beside: list[dict[str, Any]], told: Offered | None) -> Instant | None:
    """When anything but an age next changes by time alone: here, at another chair, or at the device."""
    silent = told.stale_from if told is not None and not told.stale else None
    moments = [now.next_change(act.at), silent, *(one["next"] for one in beside)]
    return min((one for one in moments if one is not None), default=None)


def chart(now: Seen, since: float | None = None) -> SafeString:
    """The drawing of the session, the same on the screen and on paper."""
    return svg.vitals_chart(
        _rows(now), limits=_limits(now), until_min=_until(now, since), doses=_doses(now), uid="vitals"
    )


_COLUMNS = [{"label": word} for word in ("Minute", "Pressure", "Heart rate", "Oxygen", "Breaths")]


def _until_when(act: Act, now: Seen) -> Instant:
    """Now, or the last line of a session that is over: its clock does not run on."""
    return now.state.lines[-1].event.at_device if now.phase.over else act.at


def _steps(phase: Phase) -> dict[str, bool]:
    return {
        "timeout": phase is Phase.ARRIVED,
        "start": phase is Phase.READY,
        "dosing": phase is Phase.DOSING,
        "observing": phase is Phase.OBSERVING,
    }


def _tiles(act: Act, now: Seen) -> list[Tile]:
    """Always in this order and this place."""
    levels = {one.rule.signal: one.level for one in now.state.watch.current()}
    pressure = _pressure(act, now, max(levels.get("sbp", 0), levels.get("dbp", 0)))
    first = [_tile(act, now, key, css, levels.get(key, 0)) for key, css in (("hr", "hr"), ("spo2", "spo2"))]
    last = [_tile(act, now, key, css, levels.get(key, 0)) for key, css in (("rr", "rr"), ("moaas", "sedation"))]
    return [*first, pressure, *last]


def _tile(act: Act, now: Seen, key: str, css: str, level: int) -> Tile:
    latest, signal = now.state.latest.get(key), SIGNALS[key]
    pulse = now.state.latest.get("pulse") if key == "hr" else None
    if pulse is not None and (latest is None or pulse.at > latest.at):
        latest, signal = pulse, SIGNALS["pulse"]
    if latest is None:
        return Tile(css, signal.words, "--", signal.unit, "not measured", "tile--stale")
    remark = {Standing.USED: "", Standing.NO_BREATHS: f"{Standing.NO_BREATHS} · "}.get(
        latest.judged.standing, f"{latest.judged.standing}, not used · "
    )
    odd = latest.judged.standing in (Standing.LOST, Standing.IMPLAUSIBLE)
    age, shade = _age(_until_when(act, now), latest.at), "tile--stale" if odd else _css(level)
    return Tile(css, signal.words, short(latest.judged), signal.unit, age, shade, remark, latest.at)


def _pressure(act: Act, now: Seen, level: int) -> Tile:
    sbp, dbp = now.state.latest.get("sbp"), now.state.latest.get("dbp")
    if sbp is None or dbp is None:
        return Tile("bp", "Pressure", "--/--", "mmHg", "not measured", "tile--stale")
    # Two halves of two times are as old as the older, and one that is not believed makes both so.
    at, odd = min(sbp.at, dbp.at), [one.judged for one in (sbp, dbp) if one.judged.standing is not Standing.USED]
    remark = f"{odd[0].standing}, not used · " if odd else ""
    value, shade = f"{short(sbp.judged)}/{short(dbp.judged)}", "tile--stale" if odd else _css(level)
    return Tile("bp", "Pressure", value, "mmHg", _age(_until_when(act, now), at), shade, remark, at)


def _css(level: int) -> str:
    return {0: "", Level.YELLOW: "tile--medium", Level.ORANGE: "tile--call", Level.RED: "tile--high"}[level]


def _age(at: Instant, then: Instant) -> str:
    minutes = int(elapsed_min(then, at))
    return "just now" if minutes < 1 else f"{minutes} min ago"


def _reminder(act: Act, now: Seen, one: Episode) -> dict[str, object]:
    css = {Level.YELLOW: "medium", Level.ORANGE: "call", Level.RED: "high"}[one.level]
    mark = {Level.YELLOW: "!", Level.ORANGE: "!!", Level.RED: "!!!"}[one.level]
    word = {Level.YELLOW: "Look", Level.ORANGE: "Call", Level.RED: "Act now"}[one.level]
    stops = one.level is Level.RED and now.phase is Phase.DOSING
    return {
        "id": one.rule.id,
        "css": css,
        "mark": mark,
        "word": word,
        "what": f"{one.what}{_back(now, one)} {one.level.act}",
        "stop": now.format.stop_means if stops else "",
        "policy": one.policy_key,
        "asks": one.asks(act.at),
        "told": one.told.isoformat(),
        "seen_at": one.seen_at,
        "seen_by": name_of(one.seen_by),
        "again_at": one.look_again,
    }


def _back(now: Seen, one: Episode) -> str:
    """The newest value of a reminder's signal, where it is another than the worst."""
    newest = now.state.latest.get(one.rule.signal)
    if newest is None or newest.judged.standing is not Standing.USED or newest.judged.value == one.worst:
        return ""
    return f" Now {short(newest.judged)}."


def others(act: Act, now: Seen) -> list[dict[str, Any]]:
    """The other sessions that run, in the order of their chairs, for going from one to the next."""
    every = {one.number: one for one in chairs(act.clinic)}
    beside = near(act, now.session.id)
    faces = photo_urls(act, [one.session.patient_id for one in beside])
    beside.sort(key=lambda one: (int(one.state.chair or LAST), one.session.opened_at))
    return [
        {
            "id": one.session.id,
            "chair": every.get(int(one.state.chair)) if one.state.chair else None,
            "name": one.session.patient.name,
            "photo": faces.get(one.session.patient_id, ""),
            "waits": bool(one.waiting(act.at)),
            "next": one.next_change(act.at),
        }
        for one in beside
    ]


LAST = 999


def _slot(act: Act, sets: tuple[Slot, ...]) -> dict[str, object] | None:
    """The set of readings that is due now or overdue, else the next one."""
    found = current(sets)
    if found is None:
        return None
    return {
        "minute": found.minute,
        "due": found.open,
        "late": found.standing is SlotState.OVERDUE,
        "in": max(round(elapsed_min(act.at, found.due_at)), 0),
        "missing": named(found.missing) if len(found.missing) < MANY else "",
    }


MANY = 4
"""A set that lacks as much as this is not begun; what it lacks need not be listed."""


def _rows(now: Seen) -> list[svg.Reading]:
    zero = now.state.clock_zero
    if zero is None:
        return []
    return [
        svg.Reading(
            round(elapsed_min(zero, at)),
            systolic=_used(judged, "sbp"),
            diastolic=_used(judged, "dbp"),
            heart_rate=_used(judged, "hr"),
            spo2=_used(judged, "spo2"),
            resp_rate=_used(judged, "rr"),
        )
        for at, judged in now.state.readings
    ]


def _used(judged: dict[str, Judged], key: str) -> float | None:
    one = judged.get(key)
    return float(one.value) if one and one.standing in (Standing.USED, Standing.NO_BREATHS) else None


def _limits(now: Seen) -> list[svg.Limit]:
    limit = now.policy.number("session.sbp.yellow_from")
    return [svg.Limit(float(limit), f"systolic {limit}")]


def _until(now: Seen, since: float | None) -> float:
    slots = [int(name) for name in now.policy.names(f"session.slots.{now.format.id}")]
    last = [elapsed_min(now.state.clock_zero, at) for at, _ in now.state.readings] if now.state.clock_zero else []
    return max([120, slots[-1], *(last or [0])])


def _doses(now: Seen) -> list[svg.Dose]:
    zero = now.state.clock_zero
    if zero is None:
        return []
    given = []
    for number, one in enumerate(now.state.doses):
        every = one.devices if now.format.fixed_doses else [one.begun.at_device]
        name = "dose" if number == 0 else "one more dose"
        given += [svg.Dose(round(elapsed_min(zero, at)), name if at == every[0] else "device") for at in every]
        if one.stopped and one.ended is not None:
            given.append(svg.Dose(round(elapsed_min(zero, one.ended)), "stopped"))
    for event in now.state.medicines:
        given.append(svg.Dose(round(elapsed_min(zero, event.at_device)), str(event.payload.get("drug", ""))))
    return given


def _log(act: Act, now: Seen) -> list[dict[str, object]]:
    ids = {UUID(line.event.author) for line in now.state.lines if line.event.author}
    names = names_of(ids)
    return [
        {
            "at": line.event.at_device,
            "received": line.event.at_received,
            "late": line.event.at_received - line.event.at_device > timedelta(minutes=2),
            "who": names.get(UUID(line.event.author), "") if line.event.author else "",
            "what": words(line),
            "remark": line.remark,
        }
        for line in sorted(now.state.lines, key=lambda one: (one.event.at_device, one.position), reverse=True)
    ]
