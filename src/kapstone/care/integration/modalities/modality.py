"""What every modality states."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Modality:
    """One way of working. `known` says what is known of it beside ketamine, which is often nothing."""

    id: str
    name: str
    known: str
