"""The evidence library: cited claims, clinic policy with its defaults, and reasons that can be translated."""

from .claims import Certainty, Claim, Standing, claim, claims
from .effective_doses import EffectiveDoses, effective_doses
from .policy import Policy, PolicyLine, default_policy
from .reasons import Reason, marked

__all__ = [
    "Certainty",
    "Claim",
    "EffectiveDoses",
    "Policy",
    "PolicyLine",
    "Reason",
    "Standing",
    "claim",
    "claims",
    "default_policy",
    "effective_doses",
    "marked",
]
