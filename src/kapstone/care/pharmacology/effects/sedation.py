"""How many people are sedated (MOAA/S below 5) at some time of the session."""

from .effect import Effect, share_by, venous_only

EFFECT = Effect(
    id="sedation",
    title="Sedation (MOAA/S below 5) at some time",
    unit="share of people",
    claim="effect-sedation",
    over_time=False,
    normals=("half",),
    applies=venous_only,
    of=share_by("effect-sedation"),
)
