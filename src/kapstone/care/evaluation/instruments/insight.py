"""Kapstone's own check-in on insight after a session. Not validated."""

from ._check_in import check_in

INSTRUMENT = check_in(
    id="insight",
    title="Insight check-in",
    recall="since the last session",
    stem="Thinking of your last session and the days since, how true is each line for you?",
    texts=(
        "I see something about my life in a new way.",
        "I understand better why I feel or act as I do.",
        "I know one thing that I want to do differently.",
        "I have done something with what I saw.",
    ),
    sha256="59f7adc94f08e0e8a2f3de6feb1903a03a21f46d89b4910c6bb9e9dfb3e3a209",
    occasions=("after-session", "integration"),
)
