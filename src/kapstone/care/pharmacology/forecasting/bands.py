"""Percentiles and peaks of everybody drawn; person 0 is the typical one and is in no percentile."""

import numpy as np
from numpy.typing import NDArray

from kapstone.care.pharmacology.models.expression import Array

from .values import Band

PERCENTS = (5, 25, 50, 75, 95)


def band_of(drawn: Array) -> Band:
    """Percentiles over the last axis, without its first entry, which is the typical person's."""
    # Single precision sorts twice as fast and keeps seven digits, more than a page or a document shows.
    ordered = np.sort(drawn[..., 1:].astype(np.float32), axis=-1)
    last = ordered.shape[-1] - 1
    found = []
    for percent in PERCENTS:
        low, share = divmod(last * percent, 100)
        below, above = ordered[..., low].astype(np.float64), ordered[..., min(low + 1, last)].astype(np.float64)
        found.append(np.asarray(below + (above - below) * (share / 100)) if share else np.asarray(below))
    return Band(np.asarray(drawn[..., 0]), *found)


def highest(curves: Array) -> tuple[Array, NDArray[np.intp]]:
    """Each person's highest value and its place among the times; row by row, as the curves lie in memory."""
    peak, place = curves[0].copy(), np.zeros(curves.shape[1], dtype=np.intp)
    for k, row in enumerate(curves):
        higher = row > peak
        np.copyto(peak, row, where=higher)
        np.copyto(place, k, where=higher)
    return peak, place


def peaks(curves: Array, times_min: Array) -> tuple[Array, Array]:
    """Each person's highest value and its minute; between even steps a parabola finds the top. Shape (people,)."""
    peak, place = highest(curves)
    people = np.arange(curves.shape[1])
    at = times_min[place].astype(np.float64)
    inner = (place > 0) & (place < len(times_min) - 1)
    k, some = place[inner], people[inner]
    before, top, after = curves[k - 1, some], curves[k, some], curves[k + 1, some]
    shift = np.where(
        _gentle(before, top, after, times_min, k), 0.5 * (before - after) / (before - 2 * top + after), 0.0
    )
    peak[inner] = top - 0.25 * (before - after) * shift
    at[inner] = times_min[k] + shift * (times_min[k + 1] - times_min[k])
    return peak, at


def _gentle(before: Array, top: Array, after: Array, times_min: Array, k: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Where a parabola fits: even steps and a rounded top. A corner, as at the end of an infusion, is its own top."""
    even = np.abs(times_min[k + 1] - 2 * times_min[k] + times_min[k - 1]) < 1e-9
    falls = np.maximum(top - before, top - after)
    return np.asarray(even & (falls > 0) & (falls < 0.01 * top))
