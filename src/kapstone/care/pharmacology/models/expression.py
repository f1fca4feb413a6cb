"""The arithmetic of a model's file: + - * / **, brackets, max, min, sqrt, exp and names, read without eval.

A model is data, so that a pharmacologist can read it beside the paper; this is all the language that takes.
"""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
"""Numbers, one for each person, or one for all of them."""

Values = Mapping[str, Array]

OPERATORS: Mapping[type[ast.operator], Callable[[Array, Array], Array]] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
    ast.Pow: np.power,
}
FUNCTIONS: Mapping[str, Callable[..., Array]] = {
    "max": np.maximum,
    "min": np.minimum,
    "sqrt": np.sqrt,
    "exp": np.exp,
}


@dataclass(frozen=True, slots=True)
class Expression:
    """One formula; called with values it gives a number for each person."""

    text: str
    tree: ast.expr

    @property
    def names(self) -> frozenset[str]:
        """The values it reads."""
        return frozenset(
            node.id for node in ast.walk(self.tree) if isinstance(node, ast.Name) and node.id not in FUNCTIONS
        )

    def __call__(self, values: Values) -> Array:
        return _value(self.tree, values)


def expression(text: str) -> Expression:
    """Reads a formula. ValueError for anything beyond the arithmetic above."""
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError:
        raise ValueError(f"“{text}” is not a formula.") from None
    for node in ast.walk(tree):
        if not _allowed(node):
            raise ValueError(f"“{text}” is not plain arithmetic: {type(node).__name__} is not known here.")
    return Expression(text, tree)


def _allowed(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return type(node.value) in (int, float)
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS and not node.keywords
    return isinstance(node, ast.BinOp | ast.UnaryOp | ast.Name | ast.Load | ast.USub) or type(node) in OPERATORS


def _value(node: ast.expr, values: Values) -> Array:
    match node:
        case ast.Constant():
            return np.asarray(node.value, dtype=np.float64)
        case ast.Name():
            return np.asarray(values[node.id])
        case ast.UnaryOp():
            return np.negative(_value(node.operand, values))
        case ast.BinOp():
            return OPERATORS[type(node.op)](_value(node.left, values), _value(node.right, values))
        case ast.Call(func=ast.Name(id=name)):
            return FUNCTIONS[name](*(_value(one, values) for one in node.args))
    raise AssertionError(node)
