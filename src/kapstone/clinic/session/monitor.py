"""What the session page shows, worked out from the folded record: tiles, reminders, slots, the chart and the log."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from kapstone.care.quantities import Instant, elapsed_min, plain
from kapstone.care.session import SIGNALS, Level, Line, Phase
from kapstone.care.session.readings import Judged, Standing
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.queries import names_of
from kapstone.clinic.ground.ui import svg
from kapstone.clinic.plan.ordering.queries import dose_order
from kapstone.clinic.session.queries import Seen


@dataclass(frozen=True, slots=True)
class Tile:
    """One vital sign: its value, how old it is, and whether it may be believed."""

    key: str
    name: str
    value: str
    unit: str
    age: str
    css: str


def monitor_context(act: Act, now: Seen) -> dict[str, object]:
    """The context of `session/session.html`."""
    state, zero = now.state, now.state.clock_zero
    since = elapsed_min(zero, _until_when(act, now)) if zero else None
    rows = _rows(now)
    return {
        "now_session": now,
        "patient_name": now.session.patient.name,
        "since_min": int(since) if since is not None else None,
        "tiles": _tiles(act, now),
        "reminders": [_reminder(one) for one in state.watch.current()],
        "technical": [one.what for one in state.technical.current()],
        "slot": _slot(now, since),
        "chart": svg.vitals_chart(
            rows, limits=_limits(now), until_min=_until(now, since), doses=_doses(now), uid="vitals"
        )
        if zero
        else "",
        "chart_columns": _COLUMNS,
        "chart_rows": svg.vitals_table(rows),
        "log": _log(act, now),
        "order": dose_order(act, now.session.dose),
        "steps": _steps(now.phase),
    }


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
    levels = {one.rule.signal: one.level for one in now.state.watch.current()}
    pressure = _pressure(act, now, max(levels.get("sbp", 0), levels.get("dbp", 0)))
    others = [_tile(act, now, key, css, levels.get(key, 0)) for key, css in (("hr", "hr"), ("spo2", "spo2"))]
    return [*others, pressure, _tile(act, now, "rr", "rr", levels.get("rr", 0))]


def _tile(act: Act, now: Seen, key: str, css: str, level: int) -> Tile:
    latest = now.state.latest.get(key)
    signal = SIGNALS[key]
    if latest is None:
        return Tile(css, signal.words, "--", signal.unit, "not measured", "tile--stale")
    remark = "" if latest.judged.standing is Standing.USED else f"{latest.judged.standing}, not used · "
    odd = latest.judged.standing in (Standing.LOST, Standing.IMPLAUSIBLE)
    age = remark + _age(_until_when(act, now), latest.at)
    return Tile(css, signal.words, _short(latest.judged), signal.unit, age, "tile--stale" if odd else _css(level))


def _pressure(act: Act, now: Seen, level: int) -> Tile:
    sbp, dbp = now.state.latest.get("sbp"), now.state.latest.get("dbp")
    if sbp is None or dbp is None:
        return Tile("bp", "Pressure", "--/--", "mmHg", "not measured", "tile--stale")
    value = f"{_short(sbp.judged)}/{_short(dbp.judged)}"
    return Tile("bp", "Pressure", value, "mmHg", _age(_until_when(act, now), sbp.at), _css(level))


def _css(level: int) -> str:
    return {0: "", Level.YELLOW: "tile--medium", Level.ORANGE: "tile--call", Level.RED: "tile--high"}[level]


def _age(at: Instant, then: Instant) -> str:
    minutes = int(elapsed_min(then, at))
    return "just now" if minutes < 1 else f"{minutes} min ago"


def _short(one: Judged) -> str:
    return plain(one.value)


def _reminder(one) -> dict[str, object]:  # type: ignore[no-untyped-def]
    css = {Level.YELLOW: "medium", Level.ORANGE: "call", Level.RED: "high"}[one.level]
    mark = {Level.YELLOW: "!", Level.ORANGE: "!!", Level.RED: "!!!"}[one.level]
    word = {Level.YELLOW: "Look", Level.ORANGE: "Call", Level.RED: "Act now"}[one.level]
    return {
        "id": one.rule.id,
        "css": css,
        "mark": mark,
        "word": word,
        "what": f"{one.what} {one.level.act}",
        "policy": one.policy_key,
        "seen_at": one.seen_at,
        "again_at": one.look_again,
    }


def _slot(now: Seen, since: float | None) -> dict[str, object] | None:
    """The set of readings that is due now or overdue, else the next one; and how many sets were missed before it."""
    if since is None or now.state.clock_zero is None or now.phase.over:
        return None
    soon = float(now.policy.number("session.charting.soon_min"))
    late = float(now.policy.number("session.charting.late_min"))
    slots = [int(name) for name in now.policy.names(f"session.slots.{now.format.id}")]
    taken = [elapsed_min(now.state.clock_zero, at) + soon for at, _ in now.state.readings]
    ends = [*slots[1:], float("inf")]
    open_ = [slot for slot, end in zip(slots, ends, strict=True) if not any(slot <= one < end for one in taken)]
    begun = [slot for slot in open_ if slot <= since + soon]
    coming = [slot for slot in slots if slot > since + soon]
    # Only the newest set can still be taken in its time; the ones before it are missed.
    current = begun[-1] if begun and begun[-1] == max(slot for slot in slots if slot <= since + soon) else None
    missed = len(begun) - (current is not None)
    if current is not None:
        return {"minute": current, "due": True, "late": since > current + late, "missed": missed}
    return {"minute": coming[0], "in": round(coming[0] - since), "missed": missed} if coming else None


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
    return float(one.value) if one and one.standing is Standing.USED else None


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
    given = [svg.Dose(0, "dose")]
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


def words(line: Line) -> str:
    """One line of the record in words."""
    payload = line.event.payload
    told = str(payload.get("words", ""))
    match line.event.kind:
        case "reading":
            values = payload["values"]
            return ", ".join(f"{SIGNALS[key].words} {values[key]}" for key in SIGNALS if key in values)
        case "dose_started":
            return f"Dose started: {payload['mg']} mg ({payload['mg_per_kg']} mg/kg at {payload['weight_kg']} kg)"
        case "device_given":
            return "Next device given"
        case "dose_ended":
            return "Dose given in full"
        case "dose_stopped":
            return f"Dose stopped: {told}"
        case "medicine_given":
            return f"Given: {payload['drug']} {payload['amount']} {payload['unit']}"
        case "observation":
            finding = "yes" if payload.get("finding") == "met" else "not yet"
            return f"{str(payload['what']).replace('_', ' ').capitalize()}: {finding}. {told}".strip()
        case "reminder_seen":
            return f"Seen, watching: {str(payload['reminder']).replace('-', ' ')}"
        case "timeout_passed":
            return f"Time-out passed. Weight {payload['weight_kg']} kg, pressure {payload['sbp']}/{payload['dbp']}"
        case "setting":
            return "Room: " + ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in payload.items())
        case "note":
            return told
        case kind:
            return kind.replace("_", " ").capitalize()
