"""Who may give what, by licence and route. The table is policy; a line of its own for a state comes first.

A therapist never records giving a drug, whatever licence they hold beside (clinical decision 11): that is a role's
matter and is checked where roles are.
"""

from enum import StrEnum

from kapstone.care.evidence import Policy, Reason
from kapstone.care.evidence.reasons import marked, reason


class Licence(StrEnum):
    """A licence to practise, as US boards name it."""

    MD = "md"
    DO = "do"
    NP = "np"
    PA = "pa"
    CRNA = "crna"
    RN = "rn"
    LPN = "lpn"

    @property
    def words(self) -> str:
        """The name on the page."""
        return WORDS[self]


WORDS: dict[Licence, str] = {
    Licence.MD: "Physician (MD)",
    Licence.DO: "Physician (DO)",
    Licence.NP: "Nurse practitioner",
    Licence.PA: "Physician assistant",
    Licence.CRNA: "Nurse anesthetist (CRNA)",
    Licence.RN: "Registered nurse",
    Licence.LPN: "Licensed practical nurse",
}

PRN_ROUTES: dict[str, str] = {
    "prn_mouth": marked("by mouth"),
    "prn_injection": marked("by injection"),
    "prn_inhaled": marked("breathed in"),
}
"""How a medicine that is given if needed goes in: the end of its policy line, and the words of the page."""


def covering(route: str, state: str, policy: Policy) -> tuple[Licence, ...]:
    """The licences that cover a route in a state, by a line of its own where there is one. ValueError for no line."""
    own = ".".join(("plan.giving", state.lower(), route))
    key = own if state and own in policy.lines else f"plan.giving.{route}"
    if key not in policy.lines:
        raise ValueError(f"No policy line says who may give {route}.")
    return tuple(Licence(name) for name in policy.names(key))


def why_not_give(held: frozenset[Licence], route: str, state: str, policy: Policy) -> Reason | None:
    """Why nobody with these licences may give by this route in this state; None where somebody may.

    `route` is a format's id or one of PRN_ROUTES. ValueError for a route that has no line.
    """
    allowed = covering(route, state, policy)
    if held.intersection(allowed):
        return None
    needed = ", ".join(one.words.lower() for one in allowed)
    if not held:
        words = marked("No licence is on record for you that covers this; it takes one of: {needed}.")
        return reason("giving.none", words, needed=needed)
    words = marked("Your licence does not cover this by the clinic's policy; it takes one of: {needed}.")
    return reason("giving.not_covered", words, needed=needed)
