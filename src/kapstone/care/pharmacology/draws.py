"""Random numbers by counting: the same seed and block give the same people on any machine, in any order.

Philox turns a key and a counter into noise, so a block of people can be drawn alone, first or last, by whoever takes
it; nothing depends on how the work is split.
"""

from zlib import crc32

import numpy as np

from .models.expression import Array

BLOCK = 8192
"""People in a block; part of what a seed means, so changing it changes every population."""


BESIDE = 2**32
"""Streams beside a population's blocks begin here, so that none is drawn twice."""


def stream_of(name: str) -> int:
    """A stream of its own for this name, whatever else is drawn."""
    return BESIDE + crc32(name.encode())


def normals(seed: int, stream: int, rows: int, people: int) -> Array:
    """Independent standard normals of one stream, shape (rows, people)."""
    generator = np.random.Generator(np.random.Philox(key=[seed, stream]))
    return generator.standard_normal((rows, people))


def block_of_normals(seed: int, block: int, rows: int, people: int = BLOCK) -> Array:
    """The normals of one block of a population, shape (rows, people); a smaller block begins like a whole one."""
    return normals(seed, block, rows, BLOCK)[:, :people]
