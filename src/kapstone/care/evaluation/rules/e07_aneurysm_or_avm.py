"""A weak vessel wall is a contraindication, because the blood pressure rises."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E07",
    title="Aneurysm or arteriovenous malformation",
    severity=Severity.BLOCK,
    source="esketamine-label-contraindications",
    needs=("aneurysm_or_avm",),
    condition=answered_yes("aneurysm_or_avm"),
    because=marked(
        "An aneurysm or arteriovenous malformation is known; a rise in blood pressure could make it bleed."
    ),
    clears=marked("Imaging or a vascular specialist rules it out."),
)
