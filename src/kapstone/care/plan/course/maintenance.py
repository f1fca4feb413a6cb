"""How doses are spaced after a response: options with reasons. The program ranks none of them and plans none."""

from dataclasses import dataclass
from enum import StrEnum

from kapstone.care.evidence import Policy, Reason
from kapstone.care.evidence.reasons import marked, reason


class Gain(StrEnum):
    """How the gain stands by the scores. UNKNOWN where nothing was measured lately."""

    STABLE = "stable"
    SLIPPING = "slipping"
    LOST = "lost"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Spacing:
    """One option. `days` is the time to the next dose, None for none."""

    key: str
    days: int | None
    reason: Reason


def spacings(gap_days: int | None, held: int, gain: Gain, policy: Policy) -> tuple[Spacing, ...]:
    """The options after doses so many days apart, `held` of them in a row; `gap_days` is None at first."""
    if gain is Gain.UNKNOWN:
        words = marked("No score says how the gain stands: measure first. Until then nothing is changed.")
        return (Spacing("measure", gap_days, reason("spacing.measure", words)),)
    if gain is Gain.LOST:
        return _lost(gap_days, policy)
    keep = _keep(gap_days, gain, policy)
    if gain is Gain.SLIPPING:
        return (keep, _closer(gap_days, policy), _none(marked("No further dose: weigh other care with the patient.")))
    return (keep, *_longer(gap_days, held, policy), _none(marked("A trial of stopping, with the scores watched.")))


def _first(policy: Policy) -> int:
    return int(policy.number("plan.maintenance.first_gap_days"))


def _keep(gap_days: int | None, gain: Gain, policy: Policy) -> Spacing:
    days = gap_days or _first(policy)
    words = (
        marked("Keep {days} days: the score slips, and a longer gap is not the moment.")
        if gain is Gain.SLIPPING
        else marked("{days} days: weekly doses held the gain for four weeks in a trial.")
        if days == _first(policy)
        else marked("Keep {days} days: the gain holds at this gap.")
    )
    return Spacing("keep", days, reason("spacing.keep", words, days=days))


def _longer(gap_days: int | None, held: int, policy: Policy) -> tuple[Spacing, ...]:
    needed, longest = (int(policy.number(f"plan.maintenance.{name}")) for name in ("hold_doses", "longest_days"))
    if gap_days is None or (gap_days == _first(policy) and held < needed):
        return ()
    days = gap_days + int(policy.number("plan.maintenance.longer_by_days"))
    if days > longest:
        return ()
    words = marked("{days} days: one step longer, because the gain held over {held} doses at {gap} days.")
    return (Spacing("longer", days, reason("spacing.longer", words, days=days, held=held, gap=gap_days)),)


def _closer(gap_days: int | None, policy: Policy) -> Spacing:
    days = max((gap_days or _first(policy)) - int(policy.number("plan.maintenance.longer_by_days")), _first(policy))
    words = marked("{days} days: one step closer, a little before the gain was lost last time.")
    return Spacing("closer", days, reason("spacing.closer", words, days=days))


def _lost(gap_days: int | None, policy: Policy) -> tuple[Spacing, ...]:
    whole = marked("Look at the whole plan: the gain is lost.")
    return (
        Spacing("review", None, reason("spacing.review", whole)),
        _closer(gap_days, policy),
        _none(marked("No further dose: the gain did not last, and other care may serve better.")),
    )


def _none(words: str) -> Spacing:
    return Spacing("stop", None, reason("spacing.stop", words))
