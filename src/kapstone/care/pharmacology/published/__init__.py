"""What was measured or printed by others, and what the models here say of the same: the acceptance table.

A row is exact (our solver must hit the model's own published prediction), a fit (a model against observed data), or
information that nothing is held to. No tolerance is widened so that a row passes: a row that fails says so and why.
"""

from .disagreements import Said, Topic, topics
from .measurements import Row, Verdict, rows, verdict

__all__ = ["Row", "Said", "Topic", "Verdict", "rows", "topics", "verdict"]
