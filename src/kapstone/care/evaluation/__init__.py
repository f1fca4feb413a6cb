"""Who may be treated: instruments, rules and a verdict with every reason."""

from .evaluate import USUAL_FORMATS, evaluate
from .instruments import Instrument, instrument, instruments
from .instruments.fhir import BadResponse, read_response
from .instruments.fhir_questionnaire import questionnaire
from .instruments.scoring import BadAnswer, Flag, Score, score, turn_came
from .intake import TRIAL_KINDS, Ask, BadIntake, Intake, Kind, Medicine, Trial, Who, asks
from .intake_json import read_intake, write_intake
from .resistance import FailedTrials, Judged, Outcome, failed_trials, judged, minimum_daily_mg
from .rule import ALL, ESKETAMINE, PHASES, RACEMIC, Rule, Severity, Urgency
from .rules import rules
from .rules_version import rules_version
from .strict_json import BadJson, read_json
from .verdict import Candidacy, Finding, FormatVerdict, Verdict, counts
from .worry import Worry, worry

__all__ = [
    "ALL",
    "ESKETAMINE",
    "PHASES",
    "RACEMIC",
    "TRIAL_KINDS",
    "USUAL_FORMATS",
    "Ask",
    "BadAnswer",
    "BadIntake",
    "BadJson",
    "BadResponse",
    "Candidacy",
    "FailedTrials",
    "Finding",
    "Flag",
    "FormatVerdict",
    "Instrument",
    "Intake",
    "Judged",
    "Kind",
    "Medicine",
    "Outcome",
    "Rule",
    "Score",
    "Severity",
    "Trial",
    "Urgency",
    "Verdict",
    "Who",
    "Worry",
    "asks",
    "counts",
    "evaluate",
    "failed_trials",
    "instrument",
    "instruments",
    "judged",
    "minimum_daily_mg",
    "questionnaire",
    "read_intake",
    "read_json",
    "read_response",
    "rules",
    "rules_version",
    "score",
    "turn_came",
    "worry",
    "write_intake",
]
