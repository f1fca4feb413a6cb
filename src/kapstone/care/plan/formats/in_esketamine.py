"""Esketamine nasal spray, by its label."""

from .format import Format

FORMAT = Format(
    id="in-esketamine",
    place=7,
    name="Esketamine nasal spray",
    drug="esketamine",
    approval="Approved for treatment-resistant depression, and for depression with acute suicidal thoughts",
    dose_unit="mg",
    clock_zero="the first device",
    release_clock="last given",
    stop_means="Withhold the next device. 28 mg given is written as such, and as “other” on the REMS form.",
    way_home="arranged transport",
    weight_basis="A fixed number of milligrams; the weight is held against the limit only.",
    range_claim="dose-range-in-esketamine",
    fasting=("esketamine-fasting",),
    source="the product label and its REMS programme, read in secondary copies",
    pattern_claim="esketamine-weeks",
    fixed_doses=True,
)
