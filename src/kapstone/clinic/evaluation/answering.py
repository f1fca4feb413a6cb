"""Between a word on a form and a value of the intake. A blank is "not answered" and never "no"."""


def known(word: str) -> bool | None:
    """Yes is True, no is False, anything else is not known."""
    return {"yes": True, "no": False}.get(word)


def word(known: bool | None) -> str:
    """The word for what is known."""
    return {True: "yes", False: "no", None: ""}[known]


def trial(
    drug: str,
    weeks: int | None = None,
    adequate: bool | None = None,
    response: int | None = None,
    stopped: bool | None = None,
) -> dict[str, object]:
    """One trial as it is stored."""
    return {
        "drug": drug,
        "weeks": weeks,
        "adequate_dose": adequate,
        "response_percent": response,
        "stopped_for_side_effects": stopped,
    }
