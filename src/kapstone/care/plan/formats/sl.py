"""Sublingual lozenge, racemic ketamine."""

from .format import Format

FORMAT = Format(
    id="sl",
    place=4,
    name="Sublingual lozenge",
    drug="ketamine (racemic)",
    approval="Off-label for depression: approved only as an anaesthetic",
    dose_unit="mg",
    clock_zero="the lozenge goes in",
    release_clock="last given",
    stop_means="Lozenge out. Note the time, and whether what was in the mouth was spat out or swallowed.",
    way_home="a responsible adult",
    weight_basis="A fixed number of milligrams; the weight is held against the limit only.",
    range_claim="dose-range-sl",
    fasting=("evaluation.fasting.food_min", "evaluation.fasting.drink_min"),
    source="reported practice, read second-hand; limits are policy",
    rests=("spit", "swallow"),
    home="Off until a medical director signs for it; then only with a companion, a call by video or phone, "
    "a fresh pressure, and the address for an ambulance.",
)
