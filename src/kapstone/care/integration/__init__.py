"""What follows: modalities, prompts and moods. Which therapy works best with ketamine is not established."""

from .modalities import MODALITIES, Modality
from .prompts import MOODS, PROMPTS

__all__ = ["MODALITIES", "MOODS", "PROMPTS", "Modality"]
