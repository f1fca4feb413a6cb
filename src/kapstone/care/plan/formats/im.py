"""IM injection, racemic ketamine."""

from .format import Format

FORMAT = Format(
    id="im",
    place=2,
    name="IM injection",
    drug="ketamine (racemic)",
    approval="Off-label for depression: approved only as an anaesthetic",
    dose_unit="mg/kg",
    clock_zero="the injection",
    release_clock="last given",
    stop_means="No further dose. Airway, position, call. What was injected cannot be taken back.",
    way_home="a responsible adult",
    weight_basis="Actual body weight, as in the trials. From a BMI of 30 the prescriber picks it.",
    range_claim="dose-range-im",
    fasting=("fasting-before-sedation",),
    source="practice reports; limits are policy",
    drawn=True,
)
