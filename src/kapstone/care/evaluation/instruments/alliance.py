"""Kapstone's own check-in on working with the therapist. Not validated."""

from ._check_in import check_in

INSTRUMENT = check_in(
    id="alliance",
    title="Working together check-in",
    recall="the last visit",
    stem="Thinking of your last visit, how true is each line for you?",
    texts=(
        "I felt heard.",
        "We worked on what matters to me.",
        "The way we worked suited me.",
        "I could have said that something was wrong.",
    ),
    sha256="d6b8d2e5a4681ec77070d8672437aa7147019722748733ad67e95808208e91a5",
    occasions=("integration",),
)
