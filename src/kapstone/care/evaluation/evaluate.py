"""Runs every rule over an intake and gathers the findings into one verdict; no rule silences another."""

from collections.abc import Iterable

from kapstone.care.evidence import Policy, Reason, claims, marked
from kapstone.care.evidence.reasons import reason

from .intake import Intake, asks
from .intake_json import plain_value
from .missing import missing_fields
from .rule import ALL, PHASES, Rule, Severity, Urgency
from .rules import rules
from .verdict import Finding, FormatVerdict, Verdict, candidacy_of, counts, worst_first

# Racemic nasal ketamine is left out until a director signs a limit for it.
USUAL_FORMATS = ("iv", "im", "sc", "sl", "po", "in-esketamine")
SETTINGS = ("clinic", "home")


def evaluate(
    intake: Intake,
    policy: Policy,
    formats: Iterable[str] = USUAL_FORMATS,
    phase: str = "candidacy",
    setting: str = "clinic",
) -> Verdict:
    """The verdict on one intake. Rules of later phases are listed and do not count yet.

    ValueError for a format, phase or setting that does not exist.
    """
    asked = tuple(dict.fromkeys(formats))
    _must_know(asked, phase, setting)
    concerned = [rule for rule in rules() if _concerns(rule, asked, phase, setting)]
    found = [_finding(rule, intake, policy) for rule in concerned]
    findings = worst_first(each for each in found if each is not None)
    return Verdict(
        candidacy=candidacy_of(findings, phase),
        urgency=max((each.urgency for each in findings if counts(each.phase, phase)), default=Urgency.NONE),
        findings=findings,
        per_format={name: _format(name, findings, phase) for name in asked},
    )


def _must_know(formats: tuple[str, ...], phase: str, setting: str) -> None:
    known = [(name, ALL, "format") for name in formats]
    for name, names, what in [*known, (phase, PHASES, "phase"), (setting, SETTINGS, "setting")]:
        if name not in names:
            raise ValueError(f"“{name}” is not a {what}; give one of {', '.join(names)}.")


def _concerns(rule: Rule, formats: tuple[str, ...], phase: str, setting: str) -> bool:
    return (
        any(name in rule.formats for name in formats)
        and rule.setting in {"any", setting}
        and phase not in rule.not_in
    )


def _format(name: str, findings: tuple[Finding, ...], phase: str) -> FormatVerdict:
    own = tuple(each for each in findings if name in each.formats)
    return FormatVerdict(candidacy_of(own, phase), own)


def _finding(rule: Rule, intake: Intake, policy: Policy) -> Finding | None:
    """The rule's finding; None when its condition is known not to hold."""
    holds = rule.condition(intake, policy)
    if holds is False:
        return None
    missing = () if holds else missing_fields(rule, intake, policy)
    numbers = {**_numbers(rule, policy), **(rule.says(intake, policy) if rule.says else {})}
    return Finding(
        rule=rule.id,
        title=rule.title,
        phase=rule.phase,
        formats=rule.formats,
        severity=rule.severity if holds else min(rule.severity, Severity.HOLD),
        urgency=rule.urgency if holds else Urgency.NONE,
        reason=reason(f"rule.{rule.id}", rule.because, **numbers) if holds else _unknown(rule, missing),
        inputs={name: plain_value(getattr(intake, name)) for name in rule.needs},
        source=rule.source,
        known_as=_known_as(rule, policy),
        missing=missing,
        clears=reason(f"rule.{rule.id}.clears", rule.clears, **numbers),
    )


def _unknown(rule: Rule, missing: tuple[str, ...]) -> Reason:
    return reason(
        f"rule.{rule.id}.missing",
        marked("{title}: not known yet. Ask: {fields}."),
        title=rule.title,
        fields="; ".join(asks()[name].words for name in missing),
    )


def _numbers(rule: Rule, policy: Policy) -> dict[str, object]:
    """What fills the gaps of the rule's sentences."""
    keys = [key for key in (rule.source, *rule.numbers) if key in policy.lines]
    figures = claims()[rule.source].figures if rule.source in claims() else {}
    return {**figures, **{key.rsplit(".", 1)[-1]: policy[key].value for key in keys}}


def _known_as(rule: Rule, policy: Policy) -> str:
    if rule.source in claims():
        return claims()[rule.source].standing.value
    return policy[rule.source].known_as
