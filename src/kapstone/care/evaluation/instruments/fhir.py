"""Reads the answers out of a FHIR R4 QuestionnaireResponse; refuses in one sentence what it cannot trust."""

from collections.abc import Iterator, Mapping

from . import instruments
from ._fhir_answer import BadResponse, answer_of
from .questionnaire import Instrument

__all__ = ["BadResponse", "read_response"]

# Statuses whose answers must not be scored, with what to do instead.
UNUSABLE = ("entered-in-error",)


def read_response(document: object) -> tuple[Instrument, dict[str, int | None]]:
    """The instrument and its answers by link id; a question that was not answered is None.

    The instrument is known by the canonical URL of its questionnaire, its LOINC code, or else by link ids.
    BadResponse for anything that is not one clear set of answers.
    """
    if not isinstance(document, dict) or document.get("resourceType") != "QuestionnaireResponse":
        kind = document.get("resourceType") if isinstance(document, dict) else type(document).__name__
        raise BadResponse(f"resourceType is {kind!r}; it must be “QuestionnaireResponse”.")
    if document.get("status") in UNUSABLE:
        raise BadResponse("status is “entered-in-error”; give a response that stands.")
    leaves = list(_leaves(document, "QuestionnaireResponse"))
    instrument = _instrument(document.get("questionnaire"), [link_id for link_id, _ in leaves])
    return instrument, _answers(instrument, leaves)


def _leaves(node: Mapping[str, object], where: str) -> Iterator[tuple[str, list[object]]]:
    """Every item at any depth that is a question: link id and its list of answers."""
    for item in _list(node.get("item"), f"{where}.item"):
        if not isinstance(item, dict) or not isinstance(item.get("linkId"), str) or not item["linkId"].strip():
            raise BadResponse(f"{where}.item holds an entry without a linkId; each item needs one.")
        link_id = item["linkId"].strip()
        answers = _list(item.get("answer"), f"item {link_id}: answer")
        if answers or not item.get("item"):
            yield link_id, answers
        yield from _leaves(item, f"item {link_id}")
        for answer in answers:
            if isinstance(answer, dict):
                yield from _leaves(answer, f"item {link_id}: answer")


def _list(value: object, where: str) -> list[object]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadResponse(f"{where} is not a list; FHIR writes it as a list.")
    return value


def _instrument(canonical: object, link_ids: list[str]) -> Instrument:
    if canonical is not None and not isinstance(canonical, str):
        raise BadResponse("questionnaire is not text; give the canonical URL of the questionnaire.")
    parts = set((canonical or "").split("|")[0].lower().split("/"))
    named = [each for each in instruments().values() if parts & {each.id, each.loinc or each.id, each.url}]
    found = named or _holding(link_ids)
    if len(found) == 1:
        return found[0]
    known = " or ".join(f"{each.title} ({each.id})" for each in instruments().values())
    if not found:
        raise BadResponse(f"Neither questionnaire nor any linkId names an instrument known here; give {known}.")
    raise BadResponse(f"The linkIds belong to more than one instrument; give one response each for {known}.")


def _holding(link_ids: list[str]) -> list[Instrument]:
    """The instruments that hold any of these; one whose items are all part of another found gives way to it."""
    found = [each for each in instruments().values() if any(_own(each, id) for id in link_ids)]
    return [each for each in found if not any(each.by_link_id.keys() < one.by_link_id.keys() for one in found)]


def _own(instrument: Instrument, link_id: str) -> str | None:
    """The instrument's own link id for the ways in which a response may write it."""
    last = link_id.rsplit("/", 1)[-1]
    for number, item in enumerate(instrument.items, start=1):
        if last in {item.loinc or item.link_id, f"{instrument.id}.{number}"}:
            return item.link_id
    return None


def _answers(instrument: Instrument, leaves: list[tuple[str, list[object]]]) -> dict[str, int | None]:
    found: dict[str, int | None] = {item.link_id: None for item in instrument.items}
    for link_id, given in leaves:
        own = _own(instrument, link_id)
        if own is None:
            _must_be_unscored(instrument, link_id, given)
            continue
        value = answer_of(instrument, link_id, given)
        if value is not None and found[own] is not None:
            raise BadResponse(f"Item {link_id} is answered twice; keep one answer.")
        found[own] = value if value is not None else found[own]
    return found


def _must_be_unscored(instrument: Instrument, link_id: str, given: list[object]) -> None:
    """Lets the total, the band and the difficulty question pass; everything else with an answer is refused."""
    calculated = {instrument.total_link_id.lstrip("/"), instrument.band_link_id}
    unscored = {instrument.loinc_total, instrument.loinc, *calculated}
    # The two forms share the difficulty question, so it may stand at the end of either.
    unscored |= {each.difficulty.link_id.lstrip("/") for each in instruments().values() if each.difficulty}
    if given and link_id.rsplit("/", 1)[-1] not in unscored:
        raise BadResponse(
            f"Item “{link_id}” is not one of {instrument.title}; its items are {', '.join(instrument.by_link_id)}."
        )
