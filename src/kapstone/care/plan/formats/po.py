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
    source="reported schemes, read second-hand; limits are policy",
)
