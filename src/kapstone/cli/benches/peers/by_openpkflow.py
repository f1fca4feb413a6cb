"""openpkflow: the closed form of two compartments, a person at a time; it knows no metabolite."""

import numpy as np

from .problem import Array, Problem, Solver

NAME, GENERAL = "openpkflow closed form, parent alone", False
PEOPLE = 2_000
"""So many people are timed, and the rate stands for all."""


def solver(asked: Problem) -> Solver:
    """ImportError where it is not installed."""
    from openpkflow.sim import c_2cmt_iv_infusion

    dose_mg = asked.mg_per_h * asked.hours
    volume = asked.volumes[0]
    clearance, between = asked.rates[0] * volume, asked.rates[1] * volume
    second = between / asked.rates[2]
    out = np.empty((1, len(asked.times_h), PEOPLE))

    def solve() -> Array:
        for i in range(PEOPLE):
            found = c_2cmt_iv_infusion(
                asked.times_h, dose_mg, clearance[i], volume[i], between[i], second[i], asked.hours
            )
            out[0, :, i] = 1000 * np.asarray(found)
        return out

    return solve
