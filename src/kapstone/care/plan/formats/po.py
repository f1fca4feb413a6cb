"""Oral, racemic ketamine."""

from .format import Format

FORMAT = Format(
    id="po",
    place=5,
    name="Oral",
    drug="ketamine (racemic)",
    approval="Off-label for depression: approved only as an anaesthetic",
    dose_unit="mg",
    clock_zero="swallowed",
    release_clock="last given",
    stop_means="No further dose. Watch for longer: the peak comes late.",
    way_home="a responsible adult",
    weight_basis="A fixed number of milligrams; the weight is held against the limit only.",
    range_claim="dose-range-po",
    fasting=("evaluation.fasting.food_min", "evaluation.fasting.drink_min"),
    source="reported schemes, read second-hand; limits are policy",
    home="Off until a medical director signs for it; then only with a companion, a call by video or phone, "
    "a fresh pressure, and the address for an ambulance.",
)
