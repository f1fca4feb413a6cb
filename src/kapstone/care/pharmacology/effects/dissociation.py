"""How many people dissociate (CADSS above 4) at some time of the session."""

from .effect import Effect, share_by, venous_only

EFFECT = Effect(
    id="dissociation",
    title="Dissociation (CADSS above 4) at some time",
    unit="share of people",
    claim="effect-dissociation",
    over_time=False,
    normals=("half",),
    applies=venous_only,
    of=share_by("effect-dissociation"),
)
