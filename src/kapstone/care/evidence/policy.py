"""Clinic policy: limits without a published source that a clinic's medical director may change and must sign.

The defaults are the files in `policy/`, one per room and, for the plan, one per format; each line says why it is
what it is and how the figure is known. They are defaults and unsigned until a clinic's director signs a version.
A policy is passed as a value to whatever needs it, and whatever acts on a line names it.
"""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

Value = Decimal | str | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """One limit. `known_as` is how the figure is known: found, secondary, known (unverified) or default."""

    key: str
    value: Value
    unit: str
    why: str
    known_as: str

    @property
    def verified(self) -> bool:
        """True only where the figure was read in a stored source."""
        return self.known_as == "found"


@dataclass(frozen=True, slots=True)
class Policy:
    """All lines of one version. Signed or not is the clinic's to know; the value is the same either way."""

    lines: Mapping[str, PolicyLine]

    def __getitem__(self, key: str) -> PolicyLine:
        return self.lines[key]

    def number(self, key: str) -> Decimal:
        """The line's number. KeyError for an unknown key, TypeError for a line that is no number."""
        value = self.lines[key].value
        if not isinstance(value, Decimal):
            raise TypeError(f"Policy line {key} is not a number.")
        return value

    def names(self, key: str) -> tuple[str, ...]:
        """The line's list of names."""
        value = self.lines[key].value
        if not isinstance(value, tuple):
            raise TypeError(f"Policy line {key} is not a list.")
        return value

    def on(self, key: str) -> bool:
        """The line's switch."""
        value = self.lines[key].value
        if not isinstance(value, bool):
            raise TypeError(f"Policy line {key} is not a switch.")
        return value

    def changed(self, changes: Mapping[str, Value]) -> "Policy":
        """The same policy with some values changed. KeyError for a line that does not exist."""
        lines = dict(self.lines)
        for key, value in changes.items():
            old = lines[key]
            lines[key] = PolicyLine(key, value, old.unit, old.why, old.known_as)
        return Policy(lines)

    @property
    def switches(self) -> tuple[PolicyLine, ...]:
        """The lines that are on or off."""
        return tuple(line for line in self.lines.values() if isinstance(line.value, bool))

    def with_new_lines(self, newer: "Policy") -> "Policy":
        """The same policy with the lines that a newer one has besides."""
        return Policy({**newer.lines, **self.lines})

    def as_json(self) -> str:
        """Canonical text: the same policy always gives the same bytes."""
        body = {
            key: {
                "value": _plain(line.value),
                "unit": line.unit,
                "why": line.why,
                "known_as": line.known_as,
            }
            for key, line in self.lines.items()
        }
        return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical text, the version's name."""
        return hashlib.sha256(self.as_json().encode()).hexdigest()

    @staticmethod
    def from_json(text: str) -> "Policy":
        """Reads what as_json wrote."""
        return Policy({key: _line(key, body) for key, body in json.loads(text).items()})


def _plain(value: Value) -> object:
    if isinstance(value, Decimal):
        return {"number": str(value)}
    return list(value) if isinstance(value, tuple) else value


def _line(key: str, body: Mapping[str, object]) -> PolicyLine:
    raw = body["value"]
    value: Value
    if isinstance(raw, bool | str | Decimal):
        value = raw
    elif isinstance(raw, int):
        value = Decimal(raw)
    elif isinstance(raw, list):
        value = tuple(str(name) for name in raw)
    elif isinstance(raw, dict):
        value = Decimal(str(raw["number"]))
    else:
        raise TypeError(f"Policy line {key} holds {raw!r}, which is no number, text, switch or list.")
    return PolicyLine(key, value, str(body["unit"]), str(body["why"]), str(body["known_as"]))


@cache
def default_policy() -> Policy:
    """The default, unsigned policy: every file of `policy/`, keys as folder.file.section.line."""
    lines: dict[str, PolicyLine] = {}
    _read_folder(resources.files(__package__) / "policy", "", lines)
    return Policy(lines)


def _read_folder(folder: Traversable, prefix: str, lines: dict[str, PolicyLine]) -> None:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            _read_folder(entry, f"{prefix}{entry.name}.", lines)
        elif entry.name.endswith(".toml"):
            table = tomllib.loads(entry.read_text("utf-8"), parse_float=Decimal)
            _collect(prefix + entry.name.removesuffix(".toml"), table, lines)


def _collect(prefix: str, table: Mapping[str, object], lines: dict[str, PolicyLine]) -> None:
    if "known_as" in table:
        lines[prefix] = _line(prefix, table)
        return
    for name, inner in table.items():
        if not isinstance(inner, dict):
            raise TypeError(f"Policy {prefix}.{name} is not a section.")
        _collect(f"{prefix}.{name}", inner, lines)
