"""The small program that evaluates FHIRPath apart from the server, with bounds of its own on time and memory.

It reads one JSON document on standard input and writes one on standard output. It is given no environment, imports
nothing of Kapstone, and whatever goes wrong in it ends it alone.
"""

import json
import resource
import sys
from decimal import Decimal
from typing import Any

ORDINAL = (
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
)
LONGEST = 200


def main() -> None:
    """Bounds itself, evaluates, and writes `{"results": […]}` or `{"failed": linkId, "how", "why"}`."""
    asked = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"] + 1))
    resource.setrlimit(resource.RLIMIT_AS, (asked["bytes"], asked["bytes"]))
    answer_to, sys.stdout = sys.stdout, sys.stderr  # what an expression may print is no answer
    json.dump(_answer(asked), answer_to)


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    compiled: list[tuple[str, bool, Any]] = []
    for one in asked["expressions"]:
        try:
            compiled.append((one["name"], one["variable"], _compiled(one["expression"])))
        except (Exception, RecursionError) as problem:
            return {"failed": one["name"], "how": "parse", "why": _short(problem)}
    results = []
    for response in asked["responses"]:
        known = {"resource": response, "questionnaire": asked["questionnaire"]}
        found: dict[str, Any] = {}
        for name, variable, evaluate in compiled:
            try:
                value = evaluate(response, dict(known))
                if variable:
                    known[name] = value
                else:
                    found[name] = [_plain(each) for each in value[:2]]
            except (Exception, RecursionError) as problem:
                return {"failed": name, "how": "error", "why": _short(problem)}
        results.append(found)
    return {"results": results}


def _compiled(expression: str) -> Any:
    import fhirpathpy
    from fhirpathpy.models import models

    _parse(expression)
    table = {
        "ordinal": {"fn": _ordinals, "arity": {0: []}},
        "weight": {"fn": _ordinals, "arity": {0: []}},
    }
    options = {"userInvocationTable": table, "traceFn": lambda label, value: None}
    return fhirpathpy.compile(expression, models["r4"], options)


def _parse(expression: str) -> None:
    """Refuses what the engine's own parser would pass over in silence, such as a second expression."""
    from antlr4 import CommonTokenStream, InputStream, Token  # type: ignore[import-untyped]
    from antlr4.error.ErrorListener import ErrorListener  # type: ignore[import-untyped]
    from fhirpathpy.parser.generated.FHIRPathLexer import FHIRPathLexer
    from fhirpathpy.parser.generated.FHIRPathParser import FHIRPathParser

    class Strict(ErrorListener):
        def syntaxError(self, recognizer, symbol, line, column, message, problem):  # type: ignore[no-untyped-def]
            raise SyntaxError(f"line {line}, column {column + 1}: {message.partition(' expecting ')[0]}")

    lexer = FHIRPathLexer(InputStream(expression))
    lexer.removeErrorListeners()
    lexer.addErrorListener(Strict())
    tokens = CommonTokenStream(lexer)
    parser = FHIRPathParser(tokens)
    parser.removeErrorListeners()
    parser.addErrorListener(Strict())
    parser.expression()
    after = tokens.LT(1)
    if after.type != Token.EOF:
        raise SyntaxError(f"line {after.line}, column {after.column + 1}: the expression ends before “{after.text}”")


def _ordinals(collection: list[Any]) -> list[Any]:
    """`ordinal()` and `weight()`: the points that stand in each answer's coding."""
    found = []
    for each in collection:
        data = getattr(each, "data", each)
        extensions = data.get("extension", []) if isinstance(data, dict) else []
        found += [one["valueDecimal"] for one in extensions if one.get("url") in ORDINAL and "valueDecimal" in one]
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, bool | int):
        return value
    if isinstance(value, float | Decimal):
        return {"decimal": str(value)[:LONGEST]}
    return str(value)[:LONGEST] if isinstance(value, str) else {"other": type(value).__name__}


def _short(problem: BaseException) -> str:
    words = " ".join(str(problem).split()) or type(problem).__name__
    return words if len(words) <= LONGEST else words[:LONGEST] + "…"


if __name__ == "__main__":
    main()
