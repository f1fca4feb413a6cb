"""Nasal ketamine (racemic), racemic ketamine."""

from .format import Format

FORMAT = Format(
    id="in-racemic",
    place=6,
    name="Nasal ketamine (racemic)",
    drug="ketamine (racemic)",
    approval="Off-label for depression: approved only as an anaesthetic",
    dose_unit="mg",
    clock_zero="the first spray",
    release_clock="last given",
    stop_means="No further spray.",
    way_home="a responsible adult",
    weight_basis="A fixed number of milligrams; the weight is held against the limit only.",
    range_claim="dose-range-in-racemic",
    fasting=("evaluation.fasting.food_min", "evaluation.fasting.drink_min"),
    source="one small trial, not verified; no limit until a medical director signs one",
)
