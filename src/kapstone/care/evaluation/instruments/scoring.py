"""Turns the answers to one questionnaire into a total, a band and its safety flags."""

from collections.abc import Mapping
from dataclasses import dataclass

from kapstone.care.evidence import Reason, claim, marked
from kapstone.care.evidence.reasons import reason

from .clusters import clusters_met
from .questionnaire import Instrument

NOT_ASKED = marked("Item {item} was not asked. It is never filled in, so there is no total; ask it.")
FILLED = marked("{blank} of {items} items were blank and were filled with the mean of the rest ({standing}).")
TOO_MANY = marked("{blank} of {items} items were blank; no total is given for more than {most}.")


class BadAnswer(ValueError):
    """One sentence that names the item and what would be right."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A safety flag: an item answered above 0 (`positive`), or left blank (`not_asked`)."""

    item: str
    kind: str
    value: int | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """A scored questionnaire. No total means that it cannot honestly be given; the notes say why."""

    instrument: str
    version: str
    total: int | None
    band: str | None
    complete: bool
    prorated: bool
    flags: tuple[Flag, ...]
    items: Mapping[str, int | None]
    notes: tuple[Reason, ...]
    clusters: Mapping[str, bool | None]


def score(instrument: Instrument, answers: Mapping[str, int | None]) -> Score:
    """Scores answers given as link id to points; an absent or None answer is one that was not given.

    Up to `prorate_up_to` blanks are filled with the mean of the answered items, rounded half up; a safety
    item never is, so without it there is no total. BadAnswer for an unknown item or a value not offered.
    """
    items = _checked(instrument, answers)
    blank = [name for name, value in items.items() if value is None and turn_came(instrument, items, name)]
    unasked = [link_id for link_id in blank if link_id in instrument.safety_items]
    prorated = bool(blank) and not unasked and len(blank) <= instrument.prorate_up_to
    given = sum(value for value in items.values() if value is not None)
    total = _filled(items) if prorated else None if blank else given
    return Score(
        instrument=instrument.id,
        version=instrument.version,
        total=total,
        band=_band(instrument, items, total),
        complete=not blank,
        prorated=prorated,
        flags=_flags(instrument, items),
        items=items,
        notes=_notes(instrument, blank, unasked, prorated),
        clusters=clusters_met(instrument, items),
    )


def turn_came(instrument: Instrument, items: Mapping[str, int | None], link_id: str) -> bool:
    """Whether the item's turn came: it has no condition, or one of the items it waits for is above 0 or open."""
    waits = instrument.by_link_id[link_id].asked_if
    return not waits or any(items.get(each) != 0 for each in waits)


def _band(instrument: Instrument, items: Mapping[str, int | None], total: int | None) -> str | None:
    if instrument.outcome is not None:
        return instrument.outcome(items)
    return None if total is None or not instrument.bands else instrument.band(total)


def _checked(instrument: Instrument, answers: Mapping[str, int | None]) -> dict[str, int | None]:
    for link_id, value in answers.items():
        if link_id not in instrument.by_link_id:
            raise BadAnswer(
                f"Item “{link_id}” is not one of {instrument.title}; its items are "
                f"{', '.join(instrument.by_link_id)}."
            )
        if value is not None and (type(value) is not int or not 0 <= value <= instrument.highest):
            raise BadAnswer(
                f"Item {link_id} has the value {value!r}; {instrument.title} takes a whole number "
                f"from 0 to {instrument.highest}, or nothing."
            )
    return {item.link_id: answers.get(item.link_id) for item in instrument.items}


def _filled(items: Mapping[str, int | None]) -> int:
    """The mean of the answered times the number of items, rounded half up in whole numbers."""
    given = [value for value in items.values() if value is not None]
    return (2 * sum(given) * len(items) + len(given)) // (2 * len(given))


def _flags(instrument: Instrument, items: Mapping[str, int | None]) -> tuple[Flag, ...]:
    flags = []
    for link_id in instrument.safety_items:
        value = items[link_id]
        if value is None:
            if turn_came(instrument, items, link_id):
                flags.append(Flag(link_id, "not_asked"))
        elif value > 0:
            flags.append(Flag(link_id, "positive", value))
    return tuple(flags)


def _notes(instrument: Instrument, blank: list[str], unasked: list[str], prorated: bool) -> tuple[Reason, ...]:
    notes = [reason("score.safety-item-not-asked", NOT_ASKED, item=link_id) for link_id in unasked]
    numbers = {"blank": len(blank), "items": len(instrument.items), "most": instrument.prorate_up_to}
    if prorated:
        standing = claim(instrument.source).standing.words
        notes.append(reason("score.prorated", FILLED, standing=standing, **numbers))
    elif len(blank) > instrument.prorate_up_to:
        notes.append(reason("score.too-many-blank", TOO_MANY, **numbers))
    return tuple(notes)
