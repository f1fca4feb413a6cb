"""A reason is a value: a key, a sentence with gaps, and what fills them. The upper floor translates it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


def marked(template: str) -> str:
    """Marks a sentence for the extraction of translations; returns it unchanged."""
    return template


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence that explains a result. `str()` gives it in English."""

    key: str
    template: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def __str__(self) -> str:
        return self.template.format_map(dict(self.values))


def reason(key: str, template: str, **values: object) -> Reason:
    """Builds a Reason; a gap without a value raises KeyError here and not on the patient's page."""
    made = Reason(key, template, MappingProxyType(dict(values)))
    str(made)
    return made
