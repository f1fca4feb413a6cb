"""The fast way compiled by Numba, an optional extra: the modes of `modes.py` and the course of `recurrence.py` for a
block of people at a time, on all processors. It gives the same numbers; a property holds the two together.
"""

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from .modes import LOST, SLOWEST, groups
from .recurrence import SAME_STEP, pieces, places
from .system import Array, System

LANES = 512
"""People in a block: enough that a row of answers is written in one go, few enough for the processor's caches."""
lanes = njit(nogil=True, error_model="numpy", fastmath={"contract"}, cache=True)
"""Division by nothing gives no number, as in NumPy, and whoever has it goes the sure way."""
SWEEPS = {1: 0, 2: 1, 3: 5, 4: 6}
"""Sweeps of Jacobi's rotations for so many compartments; each squares the error of the one before."""
MOST_SWEEPS = 9


def solve_compiled(system: System, times_h: Array, out: Array) -> NDArray[np.bool_] | None:
    """Writes everybody's outputs into `out` (outputs, times, people); who is sound, (people,), or None for no modes.

    `system` is trimmed, as `solve` leaves it. The caller replaces whoever is not sound.
    """
    entries = system.rates()
    links = {place for place in entries if place[0] != place[1]}
    order = groups(system.states, links)
    if order is None:
        return None
    linked = np.zeros((system.states, system.states), dtype=np.bool_)
    for link in links:
        linked[link] = True
    ends = np.cumsum([len(group) for group in order])
    last_mode = {state: int(end) for group, end in zip(order, ends, strict=True) for state in group}
    people = system.people
    cuts = list(pieces(system, times_h))
    boluses, infusions = system.boluses, system.infusions
    sound = np.empty(people, dtype=np.bool_)
    _everybody(
        _stacked(list(entries.values()), people),
        np.array(list(entries), dtype=np.int64).reshape(-1, 2),
        np.concatenate([np.array(group, dtype=np.int64) for group in order]),
        np.array([len(group) for group in order], dtype=np.int64),
        np.array([SWEEPS.get(len(group), MOST_SWEEPS) for group in order], dtype=np.int64),
        np.array([one.into for one in boluses], dtype=np.int64),
        _stacked([one.mg for one in boluses], people),
        _stacked([one.at_h for one in boluses], people),
        np.array([one.into for one in infusions], dtype=np.int64),
        _stacked([one.mg_per_h for one in infusions], people),
        _stacked([one.start_h for one in infusions], people),
        _stacked([one.stop_h for one in infusions], people),
        linked,
        np.array([one.state for one in system.outputs], dtype=np.int64),
        # An output sees nothing of the groups further down.
        np.array([last_mode[one.state] for one in system.outputs], dtype=np.int64),
        _stacked([one.factor for one in system.outputs], people),
        times_h,
        np.array([cut.first for cut in cuts], dtype=np.int64),
        np.array([cut.last for cut in cuts], dtype=np.int64),
        np.array([cut.step_h for cut in cuts], dtype=np.float64),
        np.array([0, *(place for cut in cuts for place in places(cut.first, cut.last))], dtype=np.int64),
        out,
        sound,
    )
    return sound


def _stacked(rows: list[Array], people: int) -> Array:
    return np.ascontiguousarray(np.stack(rows)) if rows else np.zeros((0, people))


def _filler(modes):  # type: ignore[no-untyped-def]
    """The inner loop for a fixed number of modes, four steps at a time: so the compiler unrolls and vectorises it."""

    @lanes
    def run(out, first, last, lo, width, amplitudes, factors, still):  # type: ignore[no-untyped-def]
        # Arrays of its own, so that the compiler knows that none of them is part of `out`.
        going, factor, base = np.empty((modes, LANES)), np.empty((modes, LANES)), np.empty(LANES)
        second, third, fourth = np.empty((modes, LANES)), np.empty((modes, LANES)), np.empty((modes, LANES))
        for i in range(width):
            base[i] = still[i]
        for j in range(modes):
            for i in range(width):
                one = factors[j, i]
                going[j, i], factor[j, i] = amplitudes[j, i], one
                second[j, i], third[j, i], fourth[j, i] = one * one, one * one * one, one * one * one * one
        k = first
        while k + 4 <= last:
            a, b = out[k, lo : lo + width], out[k + 1, lo : lo + width]
            c, d = out[k + 2, lo : lo + width], out[k + 3, lo : lo + width]
            for i in range(width):
                sum_a = base[i]
                sum_b, sum_c, sum_d = sum_a, sum_a, sum_a
                for j in range(modes):
                    value = going[j, i]
                    sum_a += value * factor[j, i]
                    sum_b += value * second[j, i]
                    sum_c += value * third[j, i]
                    value *= fourth[j, i]
                    sum_d += value
                    going[j, i] = value
                a[i], b[i], c[i], d[i] = sum_a, sum_b, sum_c, sum_d
            k += 4
        while k < last:
            row = out[k, lo : lo + width]
            for i in range(width):
                total = base[i]
                for j in range(modes):
                    value = going[j, i] * factor[j, i]
                    going[j, i] = value
                    total += value
                row[i] = total
            k += 1

    return run


_one, _two, _three, _four, _five, _six = (_filler(count) for count in range(1, 7))


@lanes
def _fill(modes, out, first, last, lo, width, going, factor, base):  # type: ignore[no-untyped-def]
    """Rows first to last-1 of one output: base plus the modes, each falling by its factor a step."""
    if modes == 1:
        _one(out, first, last, lo, width, going, factor, base)
    elif modes == 2:
        _two(out, first, last, lo, width, going, factor, base)
    elif modes == 3:
        _three(out, first, last, lo, width, going, factor, base)
    elif modes == 4:
        _four(out, first, last, lo, width, going, factor, base)
    elif modes == 5:
        _five(out, first, last, lo, width, going, factor, base)
    elif modes == 6:
        _six(out, first, last, lo, width, going, factor, base)
    else:
        for k in range(first, last):
            for i in range(width):
                total = base[i]
                for j in range(modes):
                    going[j, i] *= factor[j, i]
                    total += going[j, i]
                out[k, lo + i] = total


@lanes
def _modes(a, linked, states, sizes, sweeps, width, rates, shown, fed):  # type: ignore[no-untyped-def]
    """Rates of every mode; what each shows in each state, and what an amount in a state puts into it."""
    size = states.shape[0]
    scale = np.ones((size, width))
    m = np.zeros((size, size, width))
    v = np.zeros((size, size, width))
    begin = 0
    for group in range(sizes.shape[0]):
        n = sizes[group]
        known = np.zeros(n, dtype=np.bool_)
        known[0] = True
        for _ in range(n):
            for p in range(n):
                for q in range(n):
                    sp, sq = states[begin + p], states[begin + q]
                    if known[q] and not known[p] and linked[sp, sq]:
                        for i in range(width):
                            scale[sp, i] = scale[sq, i] * np.sqrt(a[sp, sq, i] / a[sq, sp, i])
                        known[p] = True
        for p in range(n):
            for q in range(n):
                sp, sq = states[begin + p], states[begin + q]
                for i in range(width):
                    m[p, q, i] = a[sp, sq, i] * scale[sq, i] / scale[sp, i]
                    v[p, q, i] = 1.0 if p == q else 0.0
        for _ in range(sweeps[group]):
            for p in range(n - 1):
                for q in range(p + 1, n):
                    _rotate(m, v, n, p, q, width)
        for mode in range(n):
            for i in range(width):
                rates[begin + mode, i] = -m[mode, mode, i]
            for row in range(n):
                state = states[begin + row]
                for i in range(width):
                    shown[state, begin + mode, i] = scale[state, i] * v[row, mode, i]
                    fed[begin + mode, state, i] = v[row, mode, i] / scale[state, i]
        begin += n


@lanes
def _rotate(m, v, n, p, q, width):  # type: ignore[no-untyped-def]
    for i in range(width):
        apq = m[p, q, i]
        twice = 2.0 * apq if apq != 0.0 else 1.0
        theta = (m[q, q, i] - m[p, p, i]) / twice
        t = np.copysign(1.0, theta) / (abs(theta) + np.sqrt(theta * theta + 1.0))
        t = t if apq != 0.0 else 0.0
        c = 1.0 / np.sqrt(t * t + 1.0)
        s = t * c
        m[p, p, i] -= t * apq
        m[q, q, i] += t * apq
        m[p, q, i] = 0.0
        m[q, p, i] = 0.0
        for r in range(n):
            if r != p and r != q:
                rp, rq = m[r, p, i], m[r, q, i]
                m[r, p, i] = c * rp - s * rq
                m[p, r, i] = m[r, p, i]
                m[r, q, i] = s * rp + c * rq
                m[q, r, i] = m[r, q, i]
            vp, vq = v[r, p, i], v[r, q, i]
            v[r, p, i] = c * vp - s * vq
            v[r, q, i] = s * vp + c * vq


@lanes
def _triangle(a, flows, group_of, group_of_mode, rates, shown, fed, width, right, left):  # type: ignore[no-untyped-def]
    """How modes of one group feed those further down: right and left vectors, ones on their diagonals."""
    size = rates.shape[0]
    coupling = np.zeros((size, size, width))
    linked = np.zeros((size, size), dtype=np.bool_)
    for row in range(size):
        for column in range(size):
            if group_of[row] == group_of[column] or not flows[row, column]:
                continue
            for target in range(size):
                for source in range(size):
                    if group_of_mode[target] == group_of[row] and group_of_mode[source] == group_of[column]:
                        linked[target, source] = True
                        for i in range(width):
                            coupling[target, source, i] += (
                                fed[target, row, i] * a[row, column, i] * shown[column, source, i]
                            )
    reached = linked.copy()
    for p in range(size):
        for q in range(size):
            for k in range(size):
                reached[p, q] = reached[p, q] or (linked[p, k] and reached[k, q])
    total = np.empty(width)
    for q in range(size):
        right[q, q] = 1.0
        left[q, q] = 1.0
    for q in range(size):
        for p in range(q + 1, size):
            if reached[p, q]:
                total[:] = coupling[p, q]
                for k in range(q + 1, p):
                    if linked[p, k] and reached[k, q]:
                        for i in range(width):
                            total[i] += coupling[p, k, i] * right[k, q, i]
                for i in range(width):
                    right[p, q, i] = total[i] / (rates[p, i] - rates[q, i])
    for p in range(size):
        for q in range(p - 1, -1, -1):
            if reached[p, q]:
                total[:] = coupling[p, q]
                for k in range(q + 1, p):
                    if reached[p, k] and linked[k, q]:
                        for i in range(width):
                            total[i] += left[p, k, i] * coupling[k, q, i]
                for i in range(width):
                    left[p, q, i] = total[i] / (rates[q, i] - rates[p, i])


@lanes
def _judged(rates, shown, fed, right, left, width, sound):  # type: ignore[no-untyped-def]
    """Who keeps enough digits: the same two limits as `modes.py`. A sum with a number that is none is none."""
    size = rates.shape[0]
    slowest, worst, all_of = np.full(width, np.inf), np.zeros(width), np.zeros(width)
    column, row = np.empty(width), np.empty(width)
    for q in range(size):
        column[:] = 1.0
        row[:] = 1.0
        for p in range(size):
            for i in range(width):
                column[i] = max(column[i], abs(right[p, q, i]))
                row[i] = max(row[i], abs(left[q, p, i]))
                all_of[i] += right[p, q, i] + left[q, p, i] + shown[p, q, i] + fed[q, p, i]
        for i in range(width):
            worst[i] = max(worst[i], column[i] * row[i])
            slowest[i] = min(slowest[i], rates[q, i])
            all_of[i] += rates[q, i]
    for i in range(width):
        sound[i] = slowest[i] > SLOWEST and worst[i] < LOST and np.isfinite(all_of[i])


@lanes
def _excited(state, fed, left, width, column):  # type: ignore[no-untyped-def]
    size = column.shape[0]
    for mode in range(size):
        column[mode] = fed[mode, state]
        for k in range(mode):
            for i in range(width):
                column[mode, i] += left[mode, k, i] * fed[k, state, i]


@njit(parallel=True, error_model="numpy", cache=True)
def _everybody(  # type: ignore[no-untyped-def]
    entries, places, states, sizes, sweeps, bolus_into, bolus_mg, bolus_at, into, rate, start, stop, linked,
    seen_state, counts, seen_factor, times, first, last, step, looked, out, sound,
):  # fmt: skip
    people = sound.shape[0]
    for block in prange((people + LANES - 1) // LANES):
        lo = block * LANES
        width = min(LANES, people - lo)
        _block(
            entries, places, states, sizes, sweeps, bolus_into, bolus_mg, bolus_at, into, rate, start, stop, linked,
            seen_state, counts, seen_factor, times, first, last, step, looked, out, sound, lo, width,
        )  # fmt: skip


@lanes
def _block(  # type: ignore[no-untyped-def]
    entries, places, states, sizes, sweeps, bolus_into, bolus_mg, bolus_at, into, rate, start, stop, linked,
    seen_state, counts, seen_factor, times, first, last, step, looked, out, sound, lo, width,
):  # fmt: skip
    """One block of people from their rates to their curves."""
    size = states.shape[0]
    a = np.zeros((size, size, width))
    for place in range(places.shape[0]):
        for i in range(width):
            a[places[place, 0], places[place, 1], i] = entries[place, lo + i]
    group_of, group_of_mode = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64)
    begin = 0
    for group in range(sizes.shape[0]):
        for p in range(sizes[group]):
            group_of[states[begin + p]] = group
            group_of_mode[begin + p] = group
        begin += sizes[group]
    rates = np.zeros((size, width))
    shown, fed = np.zeros((size, size, width)), np.zeros((size, size, width))
    _modes(a, linked, states, sizes, sweeps, width, rates, shown, fed)
    right, left = np.zeros((size, size, width)), np.zeros((size, size, width))
    _triangle(a, linked, group_of, group_of_mode, rates, shown, fed, width, right, left)
    _judged(rates, shown, fed, right, left, width, sound[lo : lo + width])
    _quiet(rates, right, left, width, sound[lo : lo + width])
    weights = np.zeros((seen_state.shape[0], size, width))
    for row in range(seen_state.shape[0]):
        for mode in range(size):
            for p in range(mode, size):
                for i in range(width):
                    weights[row, mode, i] += (
                        seen_factor[row, lo + i] * shown[seen_state[row], p, i] * right[p, mode, i]
                    )
    given = np.zeros((into.shape[0], size, width))
    for one in range(into.shape[0]):
        _excited(into[one], fed, left, width, given[one])
    dosed = np.zeros((bolus_into.shape[0], size, width))
    for one in range(bolus_into.shape[0]):
        _excited(bolus_into[one], fed, left, width, dosed[one])
    amounts = np.zeros((size, width))
    for one in range(bolus_into.shape[0]):
        for i in range(width):
            if bolus_at[one, lo + i] <= times[0]:
                for mode in range(size):
                    amounts[mode, i] += dosed[one, mode, i] * bolus_mg[one, lo + i]
    _written(out, 0, lo, width, weights, amounts)
    steady, factor, going, base = (
        np.empty((size, width)),
        np.empty((size, width)),
        np.empty((size, width)),
        np.empty(width),
    )
    left_over, known_h = np.empty((size, width)), -1.0
    sizes, total = np.zeros((seen_state.shape[0], width)), np.empty(width)
    for cut in range(first.shape[0]):
        begin_h, end_h = times[first[cut]], times[last[cut]]
        if step[cut] == 0.0:
            _disturbed(amounts, rates, given, rate, start, stop, dosed, bolus_mg, bolus_at, begin_h, end_h, lo, width)
            _written(out, last[cut], lo, width, weights, amounts)
            continue
        steady[:] = 0.0
        for one in range(into.shape[0]):
            for i in range(width):
                on = start[one, lo + i] <= begin_h and stop[one, lo + i] > begin_h
                base[i] = rate[one, lo + i] if on else 0.0
            for mode in range(size):
                for i in range(width):
                    steady[mode, i] += given[one, mode, i] * base[i]
        for mode in range(size):
            for i in range(width):
                steady[mode, i] /= rates[mode, i]
        if abs(step[cut] - known_h) > SAME_STEP:
            known_h = step[cut]
            for mode in range(size):
                for i in range(width):
                    factor[mode, i] = np.exp(-rates[mode, i] * known_h)
        for row in range(seen_state.shape[0]):
            base[:] = 0.0
            total[:] = 0.0
            for mode in range(size):
                for i in range(width):
                    still = weights[row, mode, i] * steady[mode, i]
                    base[i] += still
                    going[mode, i] = weights[row, mode, i] * (amounts[mode, i] - steady[mode, i])
                    total[i] += abs(still) + abs(going[mode, i])
            for i in range(width):
                sizes[row, i] = max(sizes[row, i], total[i])
            _fill(counts[row], out[row], first[cut] + 1, last[cut] + 1, lo, width, going, factor, base)
        if cut + 1 < first.shape[0]:
            _power(factor, last[cut] - first[cut], width, left_over)
            for mode in range(size):
                for i in range(width):
                    amounts[mode, i] = steady[mode, i] + (amounts[mode, i] - steady[mode, i]) * left_over[mode, i]
    _held(out, sizes, looked, lo, width, sound[lo : lo + width])


@lanes
def _held(out, sizes, looked, lo, width, sound):  # type: ignore[no-untyped-def]
    """Whose digits last: nobody whose modes cancel to an answer far smaller than they are."""
    peak = np.empty(width)
    for row in range(out.shape[0]):
        peak[:] = 0.0
        for place in looked:
            for i in range(width):
                peak[i] = max(peak[i], out[row, place, lo + i])
        for i in range(width):
            sound[i] = sound[i] and sizes[row, i] <= LOST * peak[i]


@lanes
def _power(factor, count, width, found):  # type: ignore[no-untyped-def]
    """The factors of so many steps, by squaring: far cheaper than an exponential."""
    for mode in range(factor.shape[0]):
        square = factor[mode].copy()
        found[mode] = 1.0
        left_of = count
        while left_of:
            if left_of & 1:
                for i in range(width):
                    found[mode, i] *= square[i]
            for i in range(width):
                square[i] *= square[i]
            left_of >>= 1


@lanes
def _quiet(rates, right, left, width, sound):  # type: ignore[no-untyped-def]
    """Whoever is not sound is set to nothing; somebody else works them out."""
    size = rates.shape[0]
    for i in range(width):
        if not sound[i]:
            for p in range(size):
                rates[p, i] = 1.0
                for q in range(size):
                    right[p, q, i] = 0.0
                    left[p, q, i] = 0.0


@lanes
def _written(out, k, lo, width, weights, amounts):  # type: ignore[no-untyped-def]
    for row in range(out.shape[0]):
        for i in range(width):
            total = 0.0
            for mode in range(amounts.shape[0]):
                total += weights[row, mode, i] * amounts[mode, i]
            out[row, k, lo + i] = total


@lanes
def _disturbed(  # type: ignore[no-untyped-def]
    amounts, rates, given, rate, start, stop, dosed, mg, at, begin_h, end_h, lo, width
):
    """One step with events inside it, each person's at their own moment."""
    for mode in range(amounts.shape[0]):
        for i in range(width):
            amounts[mode, i] *= np.exp(-rates[mode, i] * (end_h - begin_h))
    for one in range(given.shape[0]):
        for mode in range(amounts.shape[0]):
            for i in range(width):
                on = min(max(start[one, lo + i], begin_h), end_h)
                off = min(max(stop[one, lo + i], begin_h), end_h)
                part = np.exp(-rates[mode, i] * (end_h - off)) * -np.expm1(-rates[mode, i] * max(off - on, 0.0))
                amounts[mode, i] += given[one, mode, i] * rate[one, lo + i] * part / rates[mode, i]
    for one in range(dosed.shape[0]):
        for i in range(width):
            if begin_h < at[one, lo + i] <= end_h:
                for mode in range(amounts.shape[0]):
                    fallen = np.exp(-rates[mode, i] * (end_h - at[one, lo + i]))
                    amounts[mode, i] += dosed[one, mode, i] * fallen * mg[one, lo + i]
