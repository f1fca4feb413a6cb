"""Mutations that matter here and that the mutation tester lacks: severities, urgencies, and a blank read as a no."""

from collections.abc import Iterator
from typing import Any

from cosmic_ray.operators.keyword_replacer import KeywordReplacementOperator
from cosmic_ray.operators.operator import Example, Operator
from parso.python.tree import Name

ANNOTATES = {"|", "->", ":"}


class _Neighbour(Operator):
    """Turns a member of an ordered family into the one above and the one below."""

    family = ""
    members: tuple[str, ...] = ()

    def _around(self, node: Any) -> list[str]:
        dot = node.get_previous_leaf() if isinstance(node, Name) and node.value in self.members else None
        if dot is None or dot.value != "." or dot.get_previous_leaf().value != self.family:
            return []
        at = self.members.index(node.value)
        return [self.members[i] for i in (at - 1, at + 1) if 0 <= i < len(self.members)]

    def mutation_positions(self, node: Any) -> Iterator[Any]:
        """One position for each neighbour."""
        for _ in self._around(node):
            yield (node.start_pos, node.end_pos)

    def mutate(self, node: Any, index: int) -> Any:
        """The neighbour of this number."""
        node.value = self._around(node)[index]
        return node


class Severity(_Neighbour):
    """A finding is worse or milder by one."""

    family = "Severity"
    members = ("INFO", "REVIEW", "HOLD", "BLOCK", "STOP")

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """What it does."""
        return (Example("x = Severity.HOLD", "x = Severity.REVIEW"),)


class Urgency(_Neighbour):
    """A finding is more or less urgent by one."""

    family = "Urgency"
    members = ("NONE", "TODAY", "NOW")

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """What it does."""
        return (Example("x = Urgency.TODAY", "x = Urgency.NONE"),)


class BlankIsNo(KeywordReplacementOperator):
    """What is not known becomes a no."""

    from_keyword = "None"
    to_keyword = "False"

    def mutation_positions(self, node: Any) -> Iterator[Any]:
        """Every None but those of types."""
        leaf = node.get_previous_leaf() if hasattr(node, "get_previous_leaf") else None
        if leaf is None or leaf.value not in ANNOTATES:
            yield from super().mutation_positions(node)


class Provider:
    """What the mutation tester asks for."""

    operators = {each.__name__: each for each in (Severity, Urgency, BlankIsNo)}

    def __iter__(self) -> Iterator[str]:
        return iter(self.operators)

    def __getitem__(self, name: str) -> type[Operator]:
        return self.operators[name]
