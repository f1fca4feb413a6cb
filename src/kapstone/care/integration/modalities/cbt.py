"""Cognitive behavioural therapy."""

from .modality import Modality

MODALITY = Modality(
    id="cbt",
    name="Cognitive behavioural therapy",
    known=(
        "One small randomised trial (28 people) after a series of infusions: its main measure showed no clear "
        "difference, a second one did."
    ),
)
