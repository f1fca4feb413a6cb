"""Patient Health Questionnaire, its first two items: a short look at depression over two weeks."""

from kapstone.care.evidence import claim

from ._frequency import FREQUENCY
from .phq_9 import INSTRUMENT as PHQ_9
from .questionnaire import Instrument, bands_from

SCORING = claim("phq-2-scoring")

INSTRUMENT = Instrument(
    id="phq-2",
    title="PHQ-2",
    version="1",
    recall=PHQ_9.recall,
    stem=PHQ_9.stem,
    items=PHQ_9.items[:2],
    options=FREQUENCY,
    bands=bands_from(
        ("below the cut-off", "at or above the cut-off"),
        (int(SCORING.figure("cut_off")),),
        highest=int(SCORING.figure("highest_total")),
    ),
    notice=PHQ_9.notice,
    items_sha256="919aa04f76a841810a159c3e45c6b56eaaf3198113275ded72a5f50aa290e140",
    # The codes of the panel and its total are not checked well enough to ship; those of the items are.
    source="phq-2-scoring",
    occasions=("check-in",),
)
