"""Kapstone's own check-in on feeling connected, over the last seven days. Not validated."""

from ._check_in import check_in

INSTRUMENT = check_in(
    id="connection",
    title="Connection check-in",
    recall="7 days",
    stem="In the last 7 days, how true was each line for you?",
    texts=(
        "I felt close to someone.",
        "I felt at home in my body.",
        "I felt part of the world around me.",
        "I felt that what I did had a meaning.",
    ),
    sha256="5674edfceed82888839a1331eb8c8430064fc9efa4d8c5307f113c573fba348b",
    occasions=("check-in", "integration"),
)
