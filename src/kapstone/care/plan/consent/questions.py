"""Five questions, asked so that a patient can say it back. The text that explains is as kind as the one before it."""

from kapstone.care.evidence.reasons import marked

from .drug import Drug
from .text import Option, Question


def questions(drug: Drug) -> tuple[Question, ...]:
    """The five of a medicine, in the order in which the pages told it."""
    return (APPROVED[drug], HELP, WRONG, HOME, STOP)


def _question(key: str, ask: str, options: tuple[str, str, str], right: str, explain: str) -> Question:
    return Question(key, ask, tuple(Option(*pair) for pair in zip("abc", options, strict=True)), right, explain)


APPROVED = {
    Drug.RACEMIC: _question(
        "approved",
        marked("Has the FDA approved ketamine for depression?"),
        (
            marked("Yes, for all depression"),
            marked("No. A doctor may still prescribe it, off-label"),
            marked("Yes, but only as a pill"),
        ),
        "b",
        marked(
            "The FDA has approved ketamine for surgery, not for depression. Using it here is called off-label use."
        ),
    ),
    Drug.ESKETAMINE: _question(
        "approved",
        marked("Where can you use this spray?"),
        (
            marked("At home, when I feel low"),
            marked("Only at a certified clinic, while someone watches"),
            marked("In any drug store"),
        ),
        "b",
        marked(
            "The spray is approved, with strict rules. You use it only at a certified clinic. "
            "You do not take it home."
        ),
    ),
}

HELP = _question(
    "help",
    marked("Will it help you?"),
    (
        marked("It may help. No one can say if it will help me"),
        marked("Yes, it helps all people"),
        marked("Yes, and it lasts for good"),
    ),
    "a",
    marked("It helps some people and not others. When it helps, it may fade. No one can say how it will be for you."),
)

WRONG = _question(
    "wrong",
    marked("Which of these may happen?"),
    (
        marked("Nothing. It has no risks"),
        marked("I may only sleep well"),
        marked("I may feel far away, my blood pressure may rise, and some people feel worse"),
    ),
    "c",
    marked(
        "All drugs have risks. You may feel far away, sick or dizzy. Your blood pressure may rise. Some feel worse."
    ),
)

HOME = _question(
    "home",
    marked("How do you get home after a dose?"),
    (
        marked("I drive when I feel fine"),
        marked("I have a ride, and I do not drive until I have slept"),
        marked("I walk home on my own"),
    ),
    "b",
    marked("You may feel fine and still be slow to react. Plan a ride. Do not drive until you have slept."),
)

STOP = _question(
    "stop",
    marked("When can you stop?"),
    (
        marked("Only when all doses are done"),
        marked("Only if my doctor says so"),
        marked("At any time, and I need no reason"),
    ),
    "c",
    marked(
        "You can stop at any time, even in the middle of a dose. You need no reason, and your other care goes on."
    ),
)
