"""Reads JSON the strict way: one value for each key, real numbers only, and no nesting without end."""

import json

# Deep enough for any questionnaire and far below Python's own recursion limit.
DEEPEST = 40


class BadJson(ValueError):
    """One sentence that says where the text stops being acceptable JSON and what would be right.

    `plainly` says the same without a word of the text, for whoever may not repeat it.
    """

    def __init__(self, sentence: str, plainly: str) -> None:
        super().__init__(sentence)
        self.plainly = plainly


class Written(str):
    """A number as it stood in the text, for who reads it by a rule of their own and never by a float."""


NO_JSON, TOO_DEEP = "The message is no JSON in UTF-8.", "The message is nested too deep."


def read_json(text: str, *, written: bool = False) -> object:
    """The value that the text holds. BadJson for bad syntax, NaN, Infinity, a doubled key or deep nesting.

    With `written` each number comes as `Written`, the text that it is.
    """
    number = Written if written else None
    try:
        value: object = json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_constant, parse_int=number, parse_float=number
        )
    except json.JSONDecodeError as problem:
        raise BadJson(
            f"line {problem.lineno}, column {problem.colno} is not JSON ({problem.msg}); give one JSON document.",
            NO_JSON,
        ) from None
    except RecursionError:
        raise BadJson(f"the JSON is nested too deep; at most {DEEPEST} levels are read.", TOO_DEEP) from None
    except BadJson:
        raise
    except ValueError:
        # Python refuses to read a whole number of thousands of digits.
        raise BadJson("a number has too many digits; give a number of ordinary size.", NO_JSON) from None
    if not _shallow(value):
        raise BadJson(f"the JSON is nested too deep; at most {DEEPEST} levels are read.", TOO_DEEP)
    return value


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise BadJson(
                f"the key “{key}” stands twice in one object; keep one of them.",
                "A key stands twice in one object; send each once.",
            )
        found[key] = value
    return found


def _no_constant(name: str) -> object:
    raise BadJson(
        f"{name} is not a JSON number; leave the value out or write digits.",
        "NaN and Infinity are no values; leave out what was not measured.",
    )


def _shallow(value: object) -> bool:
    level: list[object] = [value]
    for _ in range(DEEPEST + 1):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return True
    return False


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
