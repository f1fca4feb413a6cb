"""Patient Health Questionnaire, nine items: depression over two weeks, with its wording and notice."""

from kapstone.care.evidence import claim

from ._frequency import FREQUENCY
from .questionnaire import Difficulty, Instrument, bands_from, items_from

SCORING = claim("phq-9-scoring")

ITEMS = items_from(
    (
        ("44250-9", "Little interest or pleasure in doing things"),
        ("44255-8", "Feeling down, depressed, or hopeless"),
        ("44259-0", "Trouble falling or staying asleep, or sleeping too much"),
        ("44254-1", "Feeling tired or having little energy"),
        ("44251-7", "Poor appetite or overeating"),
        (
            "44258-2",
            "Feeling bad about yourself — or that you are a failure or have let yourself or your family down",
        ),
        (
            "44252-5",
            "Trouble concentrating on things, such as reading the newspaper or watching television",
        ),
        (
            "44253-3",
            "Moving or speaking so slowly that other people could have noticed? Or the opposite — "
            "being so fidgety or restless that you have been moving around a lot more than usual",
        ),
        ("44260-8", "Thoughts that you would be better off dead or of hurting yourself in some way"),
    )
)

INSTRUMENT = Instrument(
    id="phq-9",
    title="PHQ-9",
    version="1",
    recall="2 weeks",
    stem="Over the last 2 weeks, how often have you been bothered by any of the following problems?",
    items=ITEMS,
    options=FREQUENCY,
    bands=bands_from(
        ("minimal", "mild", "moderate", "moderately severe", "severe"),
        tuple(int(SCORING.figure(name)) for name in ("mild", "moderate", "moderately_severe", "severe")),
        highest=int(SCORING.figure("highest_total")),
    ),
    notice=(
        "Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, "
        "with an educational grant from Pfizer Inc. No permission required to reproduce, "
        "translate, display or distribute."
    ),
    items_sha256="4a10a6b0e0a4eaeacdef3cdca7aa3a8d88a41e614251f3c60cbbe9e8a44ce4a6",
    loinc="44249-1",
    loinc_total="44261-6",
    source="phq-9-scoring",
    prorate_up_to=int(SCORING.figure("prorate_up_to")),
    safety_items=("/44260-8",),
    difficulty=Difficulty(
        "/69722-7",
        "If you checked off any problems, how difficult have these problems made it for you to "
        "do your work, take care of things at home, or get along with other people?",
        ("Not difficult at all", "Somewhat difficult", "Very difficult", "Extremely difficult"),
    ),
)
