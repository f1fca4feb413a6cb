"""Generalized Anxiety Disorder scale, seven items: anxiety over two weeks, with its wording and notice."""

from kapstone.care.evidence import claim

from ._frequency import FREQUENCY
from .questionnaire import Instrument, bands_from, items_from

SCORING = claim("gad-7-scoring")

ITEMS = items_from(
    (
        ("69725-0", "Feeling nervous, anxious or on edge"),
        ("68509-9", "Not being able to stop or control worrying"),
        ("69733-4", "Worrying too much about different things"),
        ("69734-2", "Trouble relaxing"),
        ("69735-9", "Being so restless that it is hard to sit still"),
        ("69689-8", "Becoming easily annoyed or irritable"),
        ("69736-7", "Feeling afraid as if something awful might happen"),
    )
)

INSTRUMENT = Instrument(
    id="gad-7",
    title="GAD-7",
    version="1",
    recall="2 weeks",
    stem="Over the last 2 weeks, how often have you been bothered by any of the following problems?",
    items=ITEMS,
    options=FREQUENCY,
    bands=bands_from(
        ("minimal", "mild", "moderate", "severe"),
        tuple(int(SCORING.figure(name)) for name in ("mild", "moderate", "severe")),
        highest=int(SCORING.figure("highest_total")),
    ),
    notice=(
        "Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, "
        "with an educational grant from Pfizer Inc. No permission required to reproduce, "
        "translate, display or distribute."
    ),
    items_sha256="877a5a9154b20504f8de9f0dbbc604052212943355ea2a7243a24e27f828e163",
    loinc="69737-5",
    loinc_total="70274-6",
    source="gad-7-scoring",
    prorate_up_to=int(SCORING.figure("prorate_up_to")),
)
