"""The evidence library: cited claims, clinic policy with its defaults, and reasons that can be translated."""

from .claims import Certainty, Claim, Standing, claim, claims
from .policy import Policy, PolicyLine, default_policy
from .reasons import Reason, marked

__all__ = [
    "Certainty",
    "Claim",
    "Policy",
    "PolicyLine",
    "Reason",
    "Standing",
    "claim",
    "claims",
    "default_policy",
    "marked",
]
