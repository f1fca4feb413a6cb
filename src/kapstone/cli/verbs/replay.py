"""Runs recorded point readings through the session record.

Reads a CSV with a `minute` column and any of hr_per_min, pulse_per_min, rr_per_min, spo2_percent, sbp_mmhg,
dbp_mmhg, map_mmhg. A blank cell is "not measured". Numbers alone never make anyone ready to leave. With a dose and a
weight, the systolic pressures are shown over its forecast.
"""

import argparse
import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from kapstone.care.evidence import default_policy
from kapstone.care.plan import FORMATS
from kapstone.care.quantities import Instant, decimal_from, elapsed_min, minutes
from kapstone.care.session import Event, SessionState, release
from kapstone.care.session.readings import Standing
from kapstone.care.session.reminders import Episode
from kapstone.care.session.signals import BEDSIDE, SIGNALS
from kapstone.care.session.technical import Technical
from kapstone.cli.answer import REFUSED, Answer, BadInput
from kapstone.cli.over_forecast import Over, add_dose, over_forecast, write_page

EXAMPLE = "kapstone replay readings.csv --format iv --baseline-sbp 125 --baseline-dbp 70"

COLUMNS = {
    "hr_per_min": "hr",
    "pulse_per_min": "pulse",
    "rr_per_min": "rr",
    "spo2_percent": "spo2",
    "sbp_mmhg": "sbp",
    "dbp_mmhg": "dbp",
    "map_mmhg": "map",
}
START = Instant(datetime(2000, 1, 1, tzinfo=UTC))
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file."""

    minute: int
    values: dict[str, Decimal]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("readings", metavar="READINGS.csv", type=Path)
    parser.add_argument("--format", required=True, choices=list(FORMATS), help="what was given")
    parser.add_argument("--baseline-sbp", required=True, help="systolic pressure before the dose, mmHg")
    parser.add_argument("--baseline-dbp", required=True, help="diastolic pressure before the dose, mmHg")
    parser.add_argument("--dose-at", default="0", metavar="MINUTE", help="when the dose began (0)")
    add_dose(parser)


def run(args: argparse.Namespace) -> Answer:
    """Replays the file and reports the episodes."""
    rows = list(_rows(args.readings))
    if not rows:
        raise BadInput(f"{args.readings} holds no readings; give at least one line below the header.")
    baseline = {
        "sbp": _baseline("--baseline-sbp", args.baseline_sbp, "sbp"),
        "dbp": _baseline("--baseline-dbp", args.baseline_dbp, "dbp"),
    }
    if baseline["sbp"] <= baseline["dbp"]:
        raise BadInput("--baseline-sbp must be above --baseline-dbp; perhaps they are swapped.")
    dose_at = _minute(args.dose_at, "--dose-at")
    state = _replay(rows, args.format, baseline, dose_at)
    document = _document(state, rows, args.format)
    over = over_forecast(args, _pressures(state, dose_at), float(baseline["sbp"]))
    if over is None:
        return Answer(document, _text(document))
    if args.page and isinstance(over, Over):
        write_page(over, args.page, _not_used(state, dose_at))
    answer = {**document, "forecast": over.document()}
    return Answer(answer, _text(document) + "\n" + over.words(), 0 if isinstance(over, Over) else REFUSED)


def _not_used(state: SessionState, dose_at: int) -> list[str]:
    """Pressures that were written and cannot be true: shown, and used for nothing."""
    return [
        f"Minute {_at(at) - dose_at}: systolic {judged['sbp'].value} mmHg, {judged['sbp'].standing}, not used."
        for at, judged in state.readings
        if "sbp" in judged and judged["sbp"].standing is not Standing.USED
    ]


def _pressures(state: SessionState, dose_at: int) -> list[tuple[float, float]]:
    """Every systolic pressure that counts, in minutes after the dose began."""
    return [
        (float(_at(at) - dose_at), float(judged["sbp"].value))
        for at, judged in state.readings
        if "sbp" in judged and judged["sbp"].standing is Standing.USED
    ]


def _replay(rows: list[Row], format_id: str, baseline: dict[str, Decimal], dose_at: int) -> SessionState:
    """Feeds the session record what a session has: arrival, time-out, dose, readings."""
    state = SessionState(default_policy())
    events = _events(rows, format_id, baseline, dose_at)
    for seq, (minute, kind, payload) in enumerate(events):
        at = Instant(START + minutes(minute))
        state.take(Event(UUID(int=seq + 1), kind, 1, NOBODY, "replay", "0", seq, at, at, "replay", payload))
    return state


def _events(
    rows: list[Row], format_id: str, baseline: dict[str, Decimal], dose_at: int
) -> Iterator[tuple[int, str, dict[str, object]]]:
    first = min(rows[0].minute, dose_at)
    pressures: dict[str, object] = {key: str(value) for key, value in baseline.items()}
    yield first, "arrived", {}
    yield first, "timeout_passed", pressures
    ends = dose_at + int(default_policy().number(f"plan.{format_id}.duration_min"))
    moments: list[tuple[int, str, dict[str, object]]] = [(dose_at, "dose_started", {"format": format_id})]
    if FORMATS[format_id].fixed_doses:
        moments.append((ends, "device_given", {}))  # A recording does not say when: the latest, to be safe.
    moments.append((ends, "dose_ended", {}))
    for row in rows:
        while moments and moments[0][0] <= row.minute:
            yield moments.pop(0)
        yield row.minute, "reading", {"values": {key: str(value) for key, value in row.values.items()}}
    yield from moments


def _document(state: SessionState, rows: list[Row], format_id: str) -> dict[str, object]:
    last = Instant(START + minutes(rows[-1].minute))
    answer = release(state, FORMATS[format_id], last)
    hours = max((rows[-1].minute - rows[0].minute) / 60, 1 / 60)
    told = [_at(moment) for moment in state.watch.told_at]
    return {
        "events": len(state.lines),
        "reminders": [_reminder(episode) for episode in state.watch.episodes],
        "technical": [_technical(one) for one in state.technical.episodes],
        "not_measured": _not_measured(rows),
        "reminders_an_hour": round(len(told) / hours, 2),
        "most_reminders_in_an_hour": max((sum(one <= other < one + 60 for other in told) for one in told), default=0),
        "release": {"ready_at_min": None, "unmet": [str(one.reason) for one in answer.unmet]},
        "policy": {"digest": state.policy.digest, "signed": False},
    }


def _reminder(episode: Episode) -> dict[str, object]:
    signal = SIGNALS[episode.rule.signal]
    return {
        "minute": _at(episode.started),
        "end_minute": _at(episode.last),
        "signal": signal.key,
        "value": float(episode.worst),
        "unit": signal.unit,
        "level": episode.level.word,
        "policy": episode.policy_key,
        "what": f"{episode.what} {episode.level.act}",
    }


def _technical(one: Technical) -> dict[str, object]:
    return {
        "minute": _at(one.started),
        "end_minute": _at(one.last),
        "signal": one.signals[0],
        "signals": list(one.signals),
        "kind": one.kind.value,
        "value": float(one.value),
        "what": one.what,
    }


def _not_measured(rows: list[Row]) -> dict[str, int]:
    measured = Counter(key for row in rows for key in row.values)
    return {key: len(rows) - measured[key] for key in BEDSIDE}


def _text(document: dict[str, object]) -> str:
    lines = [f"{document['events']} events in the record."]
    lines.append(f"\nReminders ({document['reminders_an_hour']} an hour, at most "
                 f"{document['most_reminders_in_an_hour']} in any hour):")  # fmt: skip
    lines += _table(document["reminders"], "level")
    lines.append("\nTechnical:")
    lines += _table(document["technical"], "kind")
    blanks = document["not_measured"]
    assert isinstance(blanks, dict)
    lines.append(
        "\nNot measured: " + ", ".join(f"{SIGNALS[k].words.lower()} {n} lines" for k, n in blanks.items() if n)
    )
    released = document["release"]
    assert isinstance(released, dict)
    lines.append("\nReady to leave: not from numbers alone. Unmet:")
    lines += [f"  - {what}" for what in released["unmet"]]
    lines.append("\nLimits are Kapstone's default policy, unsigned. Not an alarm system.")
    return "\n".join(lines)


def _table(rows: object, kind: str) -> list[str]:
    assert isinstance(rows, list)
    spans = [f"{row['minute']}–{row['end_minute']}" if row["minute"] != row["end_minute"] else f"{row['minute']}"
             for row in rows]  # fmt: skip
    return [f"  min {span:<9} {row[kind]:<12} {row['what']}" for span, row in zip(spans, rows, strict=True)] or [
        "  none"
    ]


def _at(moment: Instant) -> int:
    return round(elapsed_min(START, moment))


def _rows(path: Path) -> Iterator[Row]:
    reader = csv.DictReader(io.StringIO(_read(path), newline=""), strict=True)
    try:
        _check_header(path, reader.fieldnames)
        last = -math.inf
        for cells in reader:
            row = _row(path, reader.line_num, cells)
            if row.minute <= last:
                raise BadInput(
                    f"{path}, line {reader.line_num}, column minute: {row.minute} does not come after the line "
                    "before; sort the lines by minute, one line a minute."
                )
            last = row.minute
            yield row
    except csv.Error as problem:
        raise BadInput(f"{path}, line {reader.reader.line_num}: this is not readable as CSV ({problem}).") from None


def _read(path: Path) -> str:
    try:
        stored = path.read_bytes()
    except FileNotFoundError:
        raise BadInput(f"{path} does not exist; give the path of a CSV file of readings.") from None
    except IsADirectoryError:
        raise BadInput(f"{path} is a folder; give a CSV file of readings.") from None
    except OSError as problem:
        raise BadInput(f"{path} cannot be read ({problem.strerror}); give a CSV file of readings.") from None
    try:
        return stored.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = stored.count(b"\n", 0, problem.start) + 1
        raise BadInput(f"{path}, line {line}: this is not text in UTF-8; save it as a UTF-8 CSV file.") from None


def _check_header(path: Path, names: object) -> None:
    found = list(names) if isinstance(names, list) else []
    if "minute" not in found:
        raise BadInput(f"{path}, line 1: no column “minute”; the columns here are {', '.join(found) or 'none'}.")
    twice = sorted({name for name in found if found.count(name) > 1 and name in {"minute", *COLUMNS}})
    if twice:
        raise BadInput(f"{path}, line 1: the column {twice[0]} stands there twice; keep one.")
    if not set(found) & set(COLUMNS):
        raise BadInput(f"{path}, line 1: no column of readings; give at least one of {', '.join(COLUMNS)}.")


def _row(path: Path, line: int, cells: dict[str, str]) -> Row:
    if None in cells or any(text is None for text in cells.values()):
        raise BadInput(f"{path}, line {line}: it has more or fewer cells than the header.")
    values = {}
    for column, signal in COLUMNS.items():
        text = cells.get(column, "").strip()
        if text:
            values[signal] = _value(path, line, column, text)
    return Row(_minute(cells["minute"], f"{path}, line {line}, column minute"), values)


def _value(path: Path, line: int, column: str, text: str) -> Decimal:
    try:
        value = decimal_from(text)
    except ValueError as problem:
        raise BadInput(f"{path}, line {line}, column {column}: {problem}") from None
    if not 0 <= value < 1000:
        raise BadInput(
            f"{path}, line {line}, column {column}: {text} is no reading; give 0 to 999 or leave it blank."
        )
    return value


def _minute(text: str, where: str) -> int:
    if not re.fullmatch(r"-?\d{1,6}", text.strip(), re.ASCII):
        raise BadInput(f"{where}: “{text[:40]}” is not a whole number of minutes, such as 0 or 90.")
    return int(text)


def _baseline(name: str, text: str, signal: str) -> Decimal:
    policy = default_policy()
    low, high = (
        policy.number(f"session.plausible.{signal}_low"),
        policy.number(f"session.plausible.{signal}_high"),
    )
    try:
        value = decimal_from(text)
    except ValueError as problem:
        raise BadInput(f"{name}: {problem}") from None
    if not low <= value <= high:
        raise BadInput(f"{name}: {text} mmHg is not plausible; give {low} to {high}.")
    return value
