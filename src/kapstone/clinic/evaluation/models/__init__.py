"""The records of an evaluation. Rows are added; the newest counts."""

from .clearance import Document, TestAsked, TestStep
from .decision import Countersign, Decision
from .history import Answers, IntakeSent
from .licensed import LicensedQuestionnaire, QuestionnaireRetired
from .measure import ItemAnswer, Measure, Mode

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
    "QuestionnaireRetired",
    "TestAsked",
    "TestStep",
]
