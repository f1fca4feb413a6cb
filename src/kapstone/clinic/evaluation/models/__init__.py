"""The records of an evaluation. Rows are added; the newest counts."""

from .clearance import Document, TestAsked, TestStep
from .decision import Countersign, Decision
from .history import Answers, IntakeSent
from .licensed import LicensedQuestionnaire, QuestionnaireRetired
from .measure import ItemAnswer, Measure, Mode
from .photo import Photo

__all__ = [
    "Answers",
    "Countersign",
    "Decision",
    "Document",
    "IntakeSent",
    "ItemAnswer",
    "LicensedQuestionnaire",
    "Measure",
    "Mode",
    "Photo",
    "QuestionnaireRetired",
    "TestAsked",
    "TestStep",
]
