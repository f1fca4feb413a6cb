"""IV infusion, racemic ketamine."""

from .format import Format

FORMAT = Format(
    id="iv",
    place=1,
    name="IV infusion",
    drug="ketamine (racemic)",
    approval="Off-label for depression: approved only as an anaesthetic",
    dose_unit="mg/kg",
    clock_zero="the pump starts",
    release_clock="dose end",
    stop_means="Pump off. Note the volume left and the time. Leave the line in.",
    way_home="a responsible adult",
    weight_basis="Actual body weight, as in the trials. From a BMI of 30 the prescriber picks it.",
    range_claim="dose-range-iv",
    fasting=("fasting-before-sedation",),
    source="infusion trials for the starting dose; limits are policy",
    drawn=True,
)
