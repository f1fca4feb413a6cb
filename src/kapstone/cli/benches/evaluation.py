"""The evaluation: reading and judging intakes, and scoring questionnaires, beside the FHIRPath engine in use."""

import json
import random
from collections.abc import Callable, Iterable, Mapping
from itertools import cycle
from typing import TYPE_CHECKING, TypeVar

from .timing import Result, Skipped, against

if TYPE_CHECKING:
    from kapstone.care.evaluation import Instrument

BLANK = 0.05
"""The share of questions that a made-up response leaves out."""
SEED, RESPONSES, INTAKES, AT_ONCE = 20261124, 60, 40, 4
FHIRPATH = "fhirpathpy, compiled expressions"


def results(seconds: float) -> list[Result | Skipped]:
    """Both figures. AssertionError where ours and the engine do not agree on a total: then speed means nothing."""
    return [_scoring(seconds), _judging(seconds)]


def _scoring(seconds: float) -> Result:
    from fhirpathpy import compile as compiled

    from kapstone.care.evaluation import instrument, read_response, score
    from kapstone.care.evaluation.instruments.fhir_questionnaire import questionnaire

    rng = random.Random(SEED)
    used = [instrument(id) for id in ("phq-9", "gad-7", "pcl-5")]
    expressions = {each.url: compiled(_total_expression(questionnaire(each), each.total_link_id)) for each in used}
    documents = [_response(rng, each) for each in used for _ in range(RESPONSES // len(used))]

    def ours(document: Mapping[str, object]) -> int | None:
        return score(*read_response(document)).total

    def peer(document: Mapping[str, object]) -> int | None:
        found = expressions[str(document["questionnaire"])](document, {"resource": document})
        return found[0] if found else None

    for document in documents:
        assert ours(document) == peer(document), document
    return against(
        "questionnaire responses scored",
        _few(ours, documents),
        FHIRPATH,
        _few(peer, documents),
        1.0,
        seconds,
    )


def _judging(seconds: float) -> Result:
    """Every rule over an intake. The peer evaluates one yes-or-no condition a rule, and gives no reasons."""
    from fhirpathpy import compile as compiled

    from kapstone.care.evaluation import evaluate, read_intake, rules
    from kapstone.care.evaluation.intake_schema import example_intake
    from kapstone.care.evidence import default_policy

    rng, policy = random.Random(SEED), default_policy()
    texts = [json.dumps(_varied(rng, example_intake())) for _ in range(INTAKES)]
    switches = [name for name, value in example_intake().items() if isinstance(value, bool)]
    chosen = [switches[number % len(switches)] for number in range(len(rules()))]
    conditions = [compiled(f"iif({name}.exists(), {name} = true, {{}})") for name in chosen]

    def peer(text: str) -> object:
        document = json.loads(text)
        return [condition(document, {}) for condition in conditions]

    def ours(text: str) -> object:
        return evaluate(read_intake(text), policy)

    named = f"{FHIRPATH}, one condition a rule"
    return against("intakes read and judged", _few(ours, texts), named, _few(peer, texts), 1.0, seconds)


Piece = TypeVar("Piece")


def _few(work: Callable[[Piece], object], pieces: Iterable[Piece]) -> Callable[[], int]:
    """Does the next few pieces each time, and begins anew after the last."""
    waiting = cycle(pieces)
    return lambda: len([work(next(waiting)) for _ in range(AT_ONCE)])


def _total_expression(document: Mapping[str, object], link_id: str) -> str:
    items = document["item"]
    assert isinstance(items, list)
    (total,) = [item for item in items if item["linkId"] == link_id]
    return str(total["extension"][0]["valueExpression"]["expression"])


def _response(rng: random.Random, used: "Instrument") -> dict[str, object]:
    """A response with a blank here and there."""
    items = []
    for item in used.items:
        option = rng.choice(used.options)
        answer = {"valueCoding": {"system": used.system, "code": option.code, "display": option.text}}
        items.append({"linkId": item.link_id, **({} if rng.random() < BLANK else {"answer": [answer]})})
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "questionnaire": used.url, "item": items}


def _varied(rng: random.Random, body: dict[str, object]) -> dict[str, object]:
    """The example with some answers turned and some left out."""
    turned = dict(body)
    for name, value in body.items():
        if isinstance(value, bool) and rng.random() < 0.2:
            turned[name] = rng.choice((not value, None))
    return turned
