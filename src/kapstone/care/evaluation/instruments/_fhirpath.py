"""Writes the scoring of a questionnaire as FHIRPath, so that any engine scores a response as we do.

An answer is read by its code and turned into points here, because `ordinal()` and `weight()` are not in every engine.
`children()` stands for value[x], so that an engine without the R4 model reads the answer too.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .questionnaire import Instrument, Option


def text(value: str) -> str:
    """A string literal."""
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def codes(link_ids: Iterable[str]) -> str:
    """The codes of the answers to these items, each as often as it was given."""
    return f"%resource.item.where({_one_of('linkId', link_ids)}).answer.children().code"


def points(options: Sequence["Option"], link_ids: Iterable[str]) -> str:
    """The points of the answers to these items."""
    if all(option.code == str(option.value) for option in options):
        return f"{codes(link_ids)}.select($this.toInteger())"
    chain = ""
    for option in reversed(options):
        chain = f"iif($this = {text(option.code)}, {option.value}{f', {chain}' if chain else ''})"
    return f"{codes(link_ids)}.select({chain})"


def total(instrument: "Instrument") -> str:
    """Our total: a whole number, or empty where `score` gives none."""
    given = points(instrument.options, instrument.by_link_id)
    number, added = f"{given}.count()", f"{given}.aggregate($this + $total, 0)"
    if any(item.asked_if for item in instrument.items):
        return f"iif({' and '.join(_due_is_answered(instrument))}, {added})"
    size = len(instrument.items)
    if not instrument.prorate_up_to:
        return f"iif({number} = {size}, {added})"
    conditions = [f"{number} >= {size - instrument.prorate_up_to}"]
    conditions += [f"{codes([one])}.exists()" for one in instrument.safety_items]
    # Without a blank this is the sum: (2 * sum * n + n) div (2 * n).
    filled = f"({added} * {2 * size} + {number}) div ({number} * 2)"
    return f"iif({' and '.join(conditions)}, {filled})"


def band(instrument: "Instrument") -> str:
    """The name of the band of the total, or of the outcome; empty string where the instrument has neither."""
    if instrument.outcome_expression or not instrument.bands:
        return instrument.outcome_expression
    chain = text(instrument.bands[-1].name)
    for one in reversed(instrument.bands[:-1]):
        chain = f"iif($this <= {one.high}, {text(one.name)}, {chain})"
    return f"({total(instrument)}).select({chain})"


def _due_is_answered(instrument: "Instrument") -> list[str]:
    """One condition for the items that are always asked, and one for each that is asked only after others."""
    always = [item.link_id for item in instrument.items if not item.asked_if]
    found = [f"{codes(always)}.count() = {len(always)}"]
    none = text(instrument.options[0].code)
    for item in instrument.items:
        if item.asked_if:
            not_due = f"{codes(item.asked_if)}.where($this = {none}).count() = {len(item.asked_if)}"
            found.append(f"({codes([item.link_id])}.exists() or {not_due})")
    return found


def _one_of(name: str, values: Iterable[str]) -> str:
    return f"{name} in ({' | '.join(map(text, values))})"
