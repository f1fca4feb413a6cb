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
    stop_means="Lozenge out. Note the time and whether any was swallowed.",
    way_home="a responsible adult",
    source="reported practice, read second-hand; limits are policy",
)
