"""Lines of a record, values and rooms in words."""

from collections.abc import Mapping
from uuid import UUID

from kapstone.care.quantities import plain
from kapstone.care.session import MET, SIGNALS, Line
from kapstone.care.session.adverse import TERMS
from kapstone.care.session.adverse.rounds import ROUND
from kapstone.care.session.cards import cards
from kapstone.care.session.parts import PARTS, SETTINGS
from kapstone.care.session.readings import Judged
from kapstone.care.session.release import FOUND
from kapstone.care.session.slots import REASONS
from kapstone.clinic.ground.people.queries import names_of

HOW = {
    "accepted": " (offered by the device, taken by a person)",
    "slot": " (offered by the device, taken by the set)",
    "continuous": " (from the device, as it came)",
}
"""How a reading came that nobody typed."""


def words(line: Line) -> str:
    """One line of the record in words."""
    payload = line.event.payload
    told = str(payload.get("words", ""))
    match line.event.kind:
        case "reading":
            values = payload["values"]
            measured = ", ".join(f"{SIGNALS[key].words} {values[key]}" for key in SIGNALS if key in values)
            return f"{measured}{HOW.get(str(payload.get('entered')), '')}"
        case "dose_started":
            return f"Dose started: {payload['mg']} mg ({payload['mg_per_kg']} mg/kg at {payload['weight_kg']} kg)"
        case "device_given":
            return "Next device given"
        case "dose_ended":
            return "Dose given in full"
        case "dose_stopped":
            return f"Dose stopped: {told}"
        case "medicine_given":
            return f"Given: {payload['drug']} {payload['amount']} {payload['unit']}"
        case "observation":
            return f"{found_words(payload)}. {told}".strip()
        case "reminder_seen":
            return f"Seen, watching: {str(payload['reminder']).replace('-', ' ')}"
        case "timeout_passed":
            return f"Time-out passed. Weight {payload['weight_kg']} kg, pressure {payload['sbp']}/{payload['dbp']}"
        case "timeout_failed":
            return f"Time-out failed. {' '.join(str(one['words']) for one in payload['misses'])}"
        case "timeout_cleared":
            return f"A prescriber cleared what the time-out stopped at: {told}"
        case "setting":
            return f"Room: {room_words(payload)}"
        case "part":
            return f"Part: {PARTS.get(str(payload['name']), payload['name'])}"
        case "slot_closed":
            why = REASONS.get(str(payload["reason"]), payload["reason"])
            return f"Readings of minute {payload['minute']} not taken: {why}. {told}".strip()
        case "taken_over":
            return f"Took over, and read back. {told}".strip()
        case "seated":
            return f"Sits in chair {payload['chair']}"
        case "second_check":
            differs = " ".join(str(one) for one in payload.get("differs", []))
            return f"Second check: {'agrees with the order' if payload['agrees'] == 'yes' else differs}"
        case "rate_changed":
            return f"Rate {payload['ml_per_h']} mL/h. {told}".strip()
        case "dose_again":
            return f"One more dose: {payload['mg']} mg ({payload['mg_per_kg']} mg/kg at {payload['weight_kg']} kg)"
        case "help_called":
            card = cards().get(str(payload["card"]))
            return f"HELP CALLED: {card.name if card else payload['card']}"
        case "help_step":
            card = cards().get(str(payload["card"]))
            said = {one.key: one.words for one in card.steps} if card else {}
            return f"Done: {said.get(str(payload['step']), payload['step'])} {told}".strip()
        case "help_ended":
            return f"Emergency over: {told}"
        case "transferred":
            return f"Handed over to others: {told}"
        case "device_matched":
            return f"Device {payload['device']} stands at this chair"
        case "device_unmatched":
            return f"Device {payload['device']} stands here no more"
        case "effect":
            return f"{effect_words(payload)} {told}".strip()
        case "effects_asked":
            there = [
                f"{TERMS[code].words.lower()} {ROUND[answer].lower()}"
                for code, answer in payload["answers"].items()
                if answer != "0"
            ]
            return f"Asked for every effect: {', '.join(there) or 'none'}"
        case "not_ready":
            return f"Not ready yet. {told}".strip()
        case "record_signed":
            return f"Record signed, {payload['lines']} lines"
        case "signed_off":
            return f"A prescriber signs that they may leave: {told}"
        case "note":
            return told
        case kind:
            name = kind.replace("_", " ").capitalize()
            return f"{name}: {told}" if told else name


def found_words(payload: Mapping[str, object]) -> str:
    """What a person found, in words."""
    what = str(payload["what"])
    met, not_yet = FOUND.get(what, (what, f"{what}: not yet"))
    return met if payload.get("finding") == MET else not_yet


def effect_words(payload: Mapping[str, object]) -> str:
    """An effect in words: what, how bad, whether serious."""
    term = TERMS.get(str(payload["effect"]))
    serious = ", serious" if payload.get("serious") else ""
    return f"Effect: {term.words if term else payload['effect']}, grade {payload['grade']}{serious}."


def room_words(setting: Mapping[str, object]) -> str:
    """How the room is set, in words."""
    known = [(SETTINGS[name], str(value)) for name, value in setting.items() if name in SETTINGS]
    return ", ".join(f"{words.lower()} {choices.get(value, value).lower()}" for (words, choices), value in known)


def name_of(person: str) -> str:
    """The name of somebody who wrote a line; empty where nobody did."""
    return names_of({UUID(person)}).get(UUID(person), "") if person else ""


def short(one: Judged) -> str:
    """A value as it is shown: without noughts that say nothing."""
    return plain(one.value)
