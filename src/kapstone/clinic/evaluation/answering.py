"""Between a word on a form and a value of the intake. A blank is "not answered" and never "no"."""


def known(word: str) -> bool | None:
    """Yes is True, no is False, anything else is not known."""
    return {"yes": True, "no": False}.get(word)


def word(known: bool | None) -> str:
    """The word for what is known."""
    return {True: "yes", False: "no", None: ""}[known]


def trial(drug: str, kind: str = "antidepressant") -> dict[str, object]:
    """One trial as a patient names it; a clinician completes dose, weeks and improvement."""
    return {"drug": drug, "kind": kind}
