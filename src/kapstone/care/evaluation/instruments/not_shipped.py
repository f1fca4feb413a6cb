"""Questionnaires that are known by name and do not ship: their wording is not ours to give."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NotShipped:
    """One of them: what it is for, and why its text is not here. A clinic uploads its own under its licence."""

    name: str
    about: str
    why: str


LICENCE_ASKED = "Its text is under copyright."
UNVERIFIED = "What is said of licences was read second-hand and is not verified; ask the holder before you upload."

NOT_SHIPPED = (
    NotShipped("MADRS", "Depression, rated by a clinician", f"{LICENCE_ASKED} Use needs permission."),
    NotShipped("QIDS-SR16", "Depression, by the patient", f"{LICENCE_ASKED} How a licence is had is unclear."),
    NotShipped(
        "C-SSRS",
        "Suicide risk, asked by a clinician",
        f"{LICENCE_ASKED} Electronic use is licensed through one company. Kapstone asks the ASQ instead.",
    ),
    NotShipped("HAM-D17", "Depression, rated by a clinician", "Its structured interview guide is under copyright."),
    NotShipped("WHO-5", "Well-being, by the patient", "Two sources differ on its licence."),
    NotShipped("WSAS", "Work and daily life, by the patient", LICENCE_ASKED),
    NotShipped("SIDAS", "Suicidal thoughts, by the patient", "Its licence is unknown."),
    NotShipped("CADSS", "Dissociation, rated by a clinician", LICENCE_ASKED),
    NotShipped("BDI-II", "Depression, by the patient", LICENCE_ASKED),
    NotShipped("HADS", "Anxiety and depression, by the patient", LICENCE_ASKED),
    NotShipped("MoCA", "Thinking and memory, asked by a clinician", LICENCE_ASKED),
)
