"""The first consent text: in force until the pages use the texts beside it. Its digest is what was signed."""

import hashlib
from dataclasses import dataclass

from kapstone.care.evidence.reasons import marked


@dataclass(frozen=True, slots=True)
class FirstText:
    """Sections of (heading, sentences, claims that stand behind them)."""

    version: str
    sections: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]

    @property
    def digest(self) -> str:
        """SHA-256 of the whole text."""
        return hashlib.sha256(repr((self.version, self.sections)).encode()).hexdigest()


CONSENT = FirstText(
    version="1",
    sections=(
        (
            marked("What this is"),
            (
                marked("Ketamine is a medicine for anesthesia. The FDA has not approved it for depression."),
                marked("A doctor may still prescribe it. That is called off-label use."),
                marked("Esketamine nasal spray, a close relative, is approved for depression that is hard to treat."),
            ),
            ("racemic-off-label", "esketamine-approved"),
        ),
        (
            marked("What may get better"),
            (
                marked("Depression may lift within hours or days. For many people it comes back within weeks."),
                marked("Studies that hid the treatment well found smaller gains, and some found none."),
                marked("We cannot say if it will help you."),
            ),
            ("mcinnes-2022-response", "karma-dep-2-response", "loss-of-response-8-weeks"),
        ),
        (
            marked("What may go wrong"),
            (
                marked("Most people feel strange, dizzy, sleepy or far away for an hour or two. Many feel sick."),
                marked("Blood pressure often rises for a while. We measure it again and again."),
                marked(
                    "Some people feel worse after it. Ketamine can be addictive. It can harm the bladder and liver."
                ),
            ),
            ("dissociation-iv", "pressure-rise-iv", "worse-after-induction", "long-term-harm"),
        ),
        (
            marked("Your choices"),
            (
                marked(
                    "There are other treatments: other medicines, talking therapy, magnetic or electric treatment."
                ),
                marked("You may stop at any time, also in the middle. You need no reason. Other care goes on."),
                marked("Therapy is offered with each dose. You may say no to it."),
            ),
            ("elekt-d-response", "integration-timing"),
        ),
        (
            marked("On the day"),
            (
                marked("Someone must take you home. Do not drive until you have slept."),
                marked("Sign nothing and make no big decision until the next day."),
                marked("Ask us what it costs before you agree."),
            ),
            (),
        ),
    ),
)
