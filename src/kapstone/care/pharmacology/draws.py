"""Random numbers by counting: the same seed and block give the same people on any machine, in any order.

Philox turns a key and a counter into noise, so a block of people can be drawn alone, first or last, by whoever takes
it; nothing depends on how the work is split.
"""

import numpy as np

from .models.expression import Array

BLOCK = 8192
"""People in a block; part of what a seed means, so changing it changes every population."""


def block_of_normals(seed: int, block: int, rows: int, people: int = BLOCK) -> Array:
    """Independent standard normals of one block, shape (rows, people)."""
    generator = np.random.Generator(np.random.Philox(key=[seed, block]))
    return generator.standard_normal((rows, BLOCK))[:, :people]
