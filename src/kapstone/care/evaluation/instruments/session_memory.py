"""Kapstone's own check-in on what is remembered of a session. Not validated."""

from ._check_in import check_in

INSTRUMENT = check_in(
    id="session-memory",
    title="Memory of the session check-in",
    recall="the last session",
    stem="Thinking of your last session, how true is each line for you?",
    texts=(
        "I remember how the session began.",
        "I remember what I saw, heard or felt during it.",
        "I remember how it ended and who was there.",
        "I can put what happened into words.",
    ),
    sha256="59c9f115ca5ecdb13bfba90f085d79a65b88f1745aaf97170e243a4c06f21ddc",
    occasions=("after-session",),
)
