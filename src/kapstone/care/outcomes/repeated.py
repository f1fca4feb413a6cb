"""Reads repeated measures from the lines of a CSV table into one row for each patient, refusing what is unclear."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from .measures import Measure
from .table import Row

DIGITS = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)


class BadTable(ValueError):
    """One sentence that names the line, the column, and what would be right."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns."""

    patient: str
    time: str
    score: str
    group: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that must be there."""
        named = (self.patient, self.time, self.score)
        return named if self.group is None else (*named, self.group)


@dataclass(slots=True)
class Patient:
    """What was read of one patient so far: scores by time, with None for one that was not measured."""

    group: str | None
    first_line: int
    scores: dict[Decimal | str, Decimal | None] = field(default_factory=dict)


def read_rows(
    lines: Iterable[str],
    columns: Columns,
    measure: Measure,
    pre: str | None = None,
    post: str | None = None,
) -> list[Row]:
    """One row for each patient, with the scores at `pre` and `post`, or else at the first and last measured time.

    A blank score was not measured. BadTable for anything unclear: a missing column, a score that is no number
    of the measure, a patient twice at one time or in two groups, a time that no row has.
    """
    patients: dict[str, Patient] = {}
    for line, cells in _cells(lines, columns):
        _add(patients, line, cells, columns, measure, numeric=pre is None)
    if not patients:
        raise BadTable("there is a header and no row; give one row for each patient and time.")
    times = {time for each in patients.values() for time in each.scores}
    for wanted in (pre, post):
        if wanted is not None and time_of(wanted) not in times:
            raise BadTable(f"no row has {columns.time} “{wanted}”; the file has {_shown(times)}.")
    return [_row(name, each, pre, post) for name, each in patients.items()]


def time_of(text: str) -> Decimal | str:
    """A time as a number where it is one, so that 7 and 7.0 are the same; else the text itself."""
    return Decimal(text.strip()) if DIGITS.fullmatch(text.strip()) else text.strip()


def _cells(lines: Iterable[str], columns: Columns) -> Iterator[tuple[int, Mapping[str, str]]]:
    reader = csv.reader(lines, strict=True)
    try:
        header = next(reader, None)
        names = _header(header, columns)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(names):
                raise BadTable(
                    f"line {reader.line_num} has {len(cells)} cells; the header has {len(names)} columns, so "
                    "give as many."
                )
            yield reader.line_num, dict(zip(names, (cell.strip() for cell in cells), strict=True))
    except csv.Error as problem:
        raise BadTable(f"line {reader.line_num} is not CSV ({problem}); close every quotation mark.") from None


def _header(header: list[str] | None, columns: Columns) -> list[str]:
    if not header or not any(name.strip() for name in header):
        raise BadTable("the file is empty; give a header line and one row for each patient and time.")
    names = [name.strip() for name in header]
    for wanted in columns.names:
        if names.count(wanted) == 0:
            raise BadTable(f"line 1 has no column “{wanted}”; the columns are {', '.join(names)}.")
        if names.count(wanted) > 1:
            raise BadTable(f"line 1 has the column “{wanted}” twice; give each column its own name.")
    return names


def _add(
    patients: dict[str, Patient],
    line: int,
    cells: Mapping[str, str],
    columns: Columns,
    measure: Measure,
    numeric: bool,
) -> None:
    name, group = cells[columns.patient], cells[columns.group] if columns.group else None
    time = _time(line, cells, columns, numeric)
    patient = patients.setdefault(name, Patient(group, line))
    if patient.group != group:
        raise BadTable(
            f"line {line}, column {columns.group}: patient {name} is in “{group}”, and in “{patient.group}” on "
            f"line {patient.first_line}; give each patient one group."
        )
    if time in patient.scores:
        raise BadTable(f"line {line}: patient {name} has a second row at {columns.time} {time}; keep one.")
    patient.scores[time] = _score(line, columns.score, cells[columns.score], measure)


def _time(line: int, cells: Mapping[str, str], columns: Columns, numeric: bool) -> Decimal | str:
    """The row's time, once it is sure that patient, time and group are there."""
    for column in (columns.patient, columns.time, columns.group):
        if column is not None and not cells[column]:
            raise BadTable(f"line {line}, column {column} is blank; every row needs it.")
    time = time_of(cells[columns.time])
    if numeric and not isinstance(time, Decimal):
        raise BadTable(
            f"line {line}, column {columns.time} is “{time}”, not a number; give numbers, or say which times "
            "are before and after."
        )
    return time


def _score(line: int, column: str, text: str, measure: Measure) -> Decimal | None:
    if not text:
        return None
    where = f"line {line}, column {column}"
    if not DIGITS.fullmatch(text):
        raise BadTable(f"{where} is “{text}”, not a number; give digits, or leave it blank if not measured.")
    score = Decimal(text)
    low, high = measure.lowest, measure.highest
    if low is not None and high is not None and not low <= score <= high:
        raise BadTable(f"{where} is {text}; {measure.title} runs from {low} to {high}.")
    return score


def _row(name: str, patient: Patient, pre: str | None, post: str | None) -> Row:
    if pre is not None and post is not None:
        scores = patient.scores
        return Row(name, scores.get(time_of(pre)), scores.get(time_of(post)), patient.group)
    measured = sorted(
        (time, score) for time, score in patient.scores.items() if isinstance(time, Decimal) and score is not None
    )
    first = measured[0][1] if measured else None
    last = measured[-1][1] if len(measured) > 1 else None
    return Row(name, first, last, patient.group)


def _shown(times: set[Decimal | str]) -> str:
    """A few of the times there are, numbers in order and before words."""
    ordered = sorted(
        times, key=lambda time: (isinstance(time, str), time if isinstance(time, Decimal) else 0, str(time))
    )
    few = 12
    return ", ".join(str(time) for time in ordered[:few]) + (" and more" if len(ordered) > few else "")
