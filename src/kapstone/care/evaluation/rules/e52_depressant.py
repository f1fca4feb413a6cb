"""Other medicines that slow the brain add to sedation."""

from kapstone.care.evaluation.medicines import named, takes
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import marked

RULE = Rule(
    id="E52",
    title="Medicine that slows the brain",
    severity=Severity.REVIEW,
    source="ketalar-depressants",
    needs=("medicines",),
    condition=takes("z_drug", "gabapentinoid", "sodium_oxybate", "barbiturate", "muscle_relaxant"),
    because=marked("{taken}: sedation and slow breathing add up."),
    clears=marked("The prescriber documents whether and when it is taken on a dose day."),
    says=named("z_drug", "gabapentinoid", "sodium_oxybate", "barbiturate", "muscle_relaxant"),
)
