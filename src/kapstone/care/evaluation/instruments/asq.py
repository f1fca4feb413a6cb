"""Ask Suicide-Screening Questions: four questions, and one more when any is answered yes. It has no total to band."""

from collections.abc import Mapping
from dataclasses import replace

from . import _fhirpath as fhirpath
from .questionnaire import Instrument, Option, own_items

ACUITY = "asq.5"
SCREENING = own_items(
    "asq",
    (
        "In the past few weeks, have you wished you were dead?",
        "In the past few weeks, have you felt that you or your family would be better off if you were dead?",
        "In the past week, have you been having thoughts about killing yourself?",
        "Have you ever tried to kill yourself?",
        "Are you having thoughts of killing yourself right now?",
    ),
)
NEGATIVE, NON_ACUTE, ACUTE = "negative", "non-acute positive", "acute positive"
ACUITY_NOT_ASKED = "positive, acuity not asked"
"""A yes without the last question is at least positive; it is never read as non-acute."""


def outcome(items: Mapping[str, int | None]) -> str | None:
    """The outcome; None while a question stands unanswered and none is answered yes, for a blank is not a no."""
    if items[ACUITY]:
        return ACUTE
    screening = [value for link_id, value in items.items() if link_id != ACUITY]
    if any(screening):
        return ACUITY_NOT_ASKED if items[ACUITY] is None else NON_ACUTE
    return None if None in screening else NEGATIVE


_FIRST_FOUR = tuple(item.link_id for item in SCREENING if item.link_id != ACUITY)
_YES = "where($this = '1').exists()"
_POSITIVE = f"iif({fhirpath.codes([ACUITY])}.empty(), {fhirpath.text(ACUITY_NOT_ASKED)}, {fhirpath.text(NON_ACUTE)})"
_NO_BLANK = f"{fhirpath.codes(_FIRST_FOUR)}.count() = {len(_FIRST_FOUR)}"
OUTCOME_EXPRESSION = (
    f"iif({fhirpath.codes([ACUITY])}.{_YES}, {fhirpath.text(ACUTE)}, "
    f"iif({fhirpath.codes(_FIRST_FOUR)}.{_YES}, {_POSITIVE}, iif({_NO_BLANK}, {fhirpath.text(NEGATIVE)})))"
)
"""The same as `outcome`, in FHIRPath."""

INSTRUMENT = Instrument(
    id="asq",
    title="ASQ",
    version="1",
    recall="past few weeks, past week, ever, right now",
    stem="",
    items=(
        *SCREENING[:3],
        replace(SCREENING[3], lifetime=True),
        replace(SCREENING[4], asked_if=_FIRST_FOUR),
    ),
    options=(Option(0, "No"), Option(1, "Yes")),
    bands=(),
    notice="Ask Suicide-Screening Questions, National Institute of Mental Health. Free toolkit.",
    # Of the four questions that are always asked, as the public copies were compared; the fifth is held by a test.
    items_sha256="0bd0aa6011d7ec8fbce3138757e609d56a0860556212e727a3c1ac835a05f045",
    source="asq-outcomes",
    safety_items=tuple(item.link_id for item in SCREENING),
    outcome=outcome,
    outcome_expression=OUTCOME_EXPRESSION,
    total_words="Number of questions answered yes",
    occasions=("intake", "concern"),
)
