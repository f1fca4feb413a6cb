"""The parts of a session as a therapist moves through them, and what may be set in the room."""

from kapstone.care.evidence.reasons import marked

PARTS: dict[str, str] = {
    "settling": marked("Settling in"),
    "onset": marked("Coming on"),
    "deep": marked("Deep"),
    "landing": marked("Landing"),
    "quiet": marked("Quiet time after"),
    "talking": marked("Talking"),
}
"""Each part with the word of the page. The clock only counts; a person moves on, and may move back."""

SETTINGS: dict[str, tuple[str, dict[str, str]]] = {
    "eye_mask": (marked("Eye mask"), {"on": marked("On"), "off": marked("Off"), "declined": marked("Not wanted")}),
    "music": (
        marked("Music"),
        {
            "without_words": marked("Without words"),
            "own": marked("The patient's own"),
            "none": marked("None"),
        },
    ),
    "light": (marked("Light"), {"dark": marked("Dark"), "dim": marked("Dim"), "day": marked("Daylight")}),
    "blanket": (marked("Blanket"), {"on": marked("On"), "off": marked("Off")}),
    "therapist": (
        marked("Therapist"),
        {"whole": marked("Whole time"), "landing": marked("For the landing"), "none": marked("None")},
    ),
    "quiet_min": (
        marked("Quiet time after landing"),
        {"5": marked("5 min"), "10": marked("10 min"), "15": marked("15 min"), "20": marked("20 min")},
    ),
}
"""Fields of the room: name, words, choices with their words (clinical decision 23). Nothing here offers touch."""
