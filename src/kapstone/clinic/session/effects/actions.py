"""Writes adverse effects and rounds of asking. A serious one tells whoever must know, at once or today."""

from collections.abc import Mapping
from uuid import UUID

from kapstone.care.session.adverse import ASKED, TERMS, Effect, rounds, why_not
from kapstone.care.session.adverse.rounds import ROUND
from kapstone.clinic.ground.concerns.actions import raise_within
from kapstone.clinic.ground.concerns.models import Tier
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action
from kapstone.clinic.session.lines import held, may_follow, sign_for, write_line
from kapstone.clinic.session.record import already, append

DEATH = ("suicidal_thoughts", "suicide_attempt")


@action("session.note")
def write_effect(
    act: Act, session_id: UUID, effect: Effect, words: str = "", about: str = "", event_id: UUID | None = None
) -> None:
    """Writes an effect, or what became of one: `about` is the line that it continues. Refused where it cannot be."""
    now = held(act, session_id, "session.note")
    if already(now.session, event_id, "effect"):
        return sign_for(now.session, "effect already written", term=effect.term)
    if effect.term not in TERMS:
        raise Refused("Choose what it was.", "term")
    found = why_not(effect, act.at)
    if found:
        raise Refused(" ".join(str(one) for one in found))
    if about and about not in {str(one.id) for one in now.state.effects}:
        raise Refused("The effect that this continues is not in this record.")
    may_follow(now, "effect")
    payload = {
        "effect": effect.term, "grade": effect.grade, "began": effect.began.isoformat(),
        "serious": list(effect.serious), "related": effect.related, "action": effect.action,
        "outcome": effect.outcome, **({"ended": effect.ended.isoformat()} if effect.ended else {}),
        **({"about": about} if about else {}),
    }  # fmt: skip
    append(act, now.session, "effect", payload, words=words.strip(), event_id=event_id)
    if effect.serious:
        tier = Tier.NOW if effect.term in DEATH else Tier.TODAY
        raise_within(act, now.session.patient, tier, "session", f"Serious effect: {TERMS[effect.term].words}.")
    return sign_for(now.session, "effect", term=effect.term)


@action("session.note")
def ask_round(
    act: Act, session_id: UUID, minute: int, answers: Mapping[str, str], event_id: UUID | None = None
) -> None:
    """The patient was asked for every effect of the list; each has an answer."""
    now = held(act, session_id, "session.note")
    if minute not in rounds(now.policy):
        raise Refused(f"No round of minute {minute} is asked here.")
    if set(answers) != set(ASKED) or not set(answers.values()) <= set(ROUND):
        raise Refused("Answer each line; “No” is an answer.")
    payload = {"minute": str(minute), "answers": dict(answers)}
    write_line(act, session_id, "effects_asked", payload, event_id=event_id, verb="session.note")
