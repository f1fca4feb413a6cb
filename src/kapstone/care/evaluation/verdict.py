"""The verdict of an evaluation: the candidacy, how urgent it is, and every finding, worst first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from kapstone.care.evidence import Reason

from .rule import PHASES, Severity, Urgency


class Candidacy(IntEnum):
    """From clear to stop. A stop cannot be overridden in the program."""

    CLEAR = 0
    REVIEW = 1
    HOLD = 2
    BLOCK = 3
    STOP = 4

    @property
    def word(self) -> str:
        """The word used in documents."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One rule's result. `missing` is empty once it is decided; `known_as` says how the source is known."""

    rule: str
    title: str
    phase: str
    formats: tuple[str, ...]
    severity: Severity
    urgency: Urgency
    reason: Reason
    inputs: Mapping[str, object]
    source: str
    known_as: str
    missing: tuple[str, ...]
    clears: Reason

    def document(self) -> dict[str, object]:
        """The finding as plain values for a program."""
        return {
            "rule": self.rule,
            "title": self.title,
            "phase": self.phase,
            "formats": list(self.formats),
            "severity": self.severity.word,
            "urgency": self.urgency.word,
            "reason": str(self.reason),
            "inputs": dict(self.inputs),
            "source": self.source,
            "known_as": self.known_as,
            "missing": list(self.missing),
            "clears": str(self.clears),
        }


@dataclass(frozen=True, slots=True)
class FormatVerdict:
    """The same for one format."""

    candidacy: Candidacy
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The whole answer. `candidacy` is the worst over the formats asked about; see also `per_format`."""

    candidacy: Candidacy
    urgency: Urgency
    findings: tuple[Finding, ...]
    per_format: Mapping[str, FormatVerdict]

    def document(self) -> dict[str, object]:
        """The verdict as plain values for a program."""
        return {
            "candidacy": self.candidacy.word,
            "urgency": self.urgency.word,
            "findings": [finding.document() for finding in self.findings],
            "per_format": {
                name: {
                    "candidacy": each.candidacy.word,
                    "findings": [finding.document() for finding in each.findings],
                }
                for name, each in self.per_format.items()
            },
        }


def counts(phase_of_rule: str, phase: str) -> bool:
    """Whether a rule of one phase already counts in another; a later phase's rule is listed and does not."""
    return PHASES.index(phase_of_rule) <= PHASES.index(phase)


def candidacy_of(findings: Iterable[Finding], phase: str) -> Candidacy:
    """The worst finding that counts in this phase; an INFO moves nothing, nor does urgency."""
    return Candidacy(max((each.severity for each in findings if counts(each.phase, phase)), default=0))


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Urgent ones on top, then by severity, phase and rule; the order they came in does not matter."""
    return tuple(
        sorted(
            findings,
            key=lambda each: (-each.urgency, -each.severity, PHASES.index(each.phase), each.rule),
        )
    )
