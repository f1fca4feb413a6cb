"""Runs the benchmarks of an area, each as a ratio against a named peer in the same run."""

import argparse
import os
import platform
from pathlib import Path
from typing import TYPE_CHECKING

from kapstone.cli.answer import Answer, BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kapstone.cli.benches.timing import Result, Skipped

EXAMPLE = "kapstone bench evaluation --page docs/reference/bench-evaluation.md"
MISSED = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to run, for how long, and where to write it down."""
    parser.add_argument(
        "area", metavar="AREA", nargs="?", help="one area, such as evaluation; all of them without it"
    )
    parser.add_argument("--seconds", type=float, default=7.0, help="processor time for each side of a figure (7)")
    parser.add_argument("--page", metavar="FILE.md", help="write the figures there as a page, with the machine")


def run(args: argparse.Namespace) -> Answer:
    """Runs them one after the other; exit 1 where a goal is missed."""
    from kapstone.cli.benches import benches
    from kapstone.cli.benches.timing import Result, Skipped

    known = benches()
    if args.area is not None and args.area not in known:
        raise BadInput(f"area is {args.area!r}; give {', '.join(known)}, or nothing for all.")
    if not 0 < args.seconds <= 600:
        raise BadInput(f"--seconds is {args.seconds}; give more than 0 and at most 600.")
    every = [one for name, bench in known.items() if args.area in (None, name) for one in bench(args.seconds)]
    found = [one for one in every if isinstance(one, Result)]
    skipped = [one for one in every if isinstance(one, Skipped)]
    if args.page:
        Path(args.page).write_text(_page(args.area or "all areas", found, skipped), "utf-8")
    document = {
        "results": [_row(one) for one in found],
        "skipped": [{"peer_name": one.peer_name, "why": one.why} for one in skipped],
        "machine": machine(),
    }
    text = "\n".join([*(_line(one) for one in found), *(_not_run(one) for one in skipped), f"On: {machine()}"])
    return Answer(document, text, 0 if all(one.met for one in found) else MISSED)


def machine() -> str:
    """What the figures were measured on, without a name."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        named = [line for line in info.read_text("utf-8").splitlines() if line.startswith("model name")]
        cpu = named[0].partition(":")[2].strip() if named else cpu
    system = f"{platform.system()} {platform.machine()}"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{cpu}, {os.cpu_count()} cores; {system}; {python}"


def _row(one: "Result") -> "Mapping[str, object]":
    return {
        "name": one.name,
        "ours": round(one.ours, 2),
        "peer": round(one.peer, 2),
        "ratio": round(one.ratio, 2),
        "limit": one.limit,
        "unit": _counted(one),
        "peer_name": one.peer_name,
    }


def _line(one: "Result") -> str:
    if not one.per:
        better = "less is better" if one.less else "more is better"
        missed = "" if one.met else "  MISSED"
        return f"{one.name}: {one.ours:.3g} {one.unit} ({better}); {one.peer_name}: {one.peer:.3g}{missed}"
    goal = "" if one.met else f"  MISSED: the goal is {one.limit:g}"
    peer = f"{one.peer_name}: {one.peer:,.0f}"
    return f"{one.name}: {one.ours:,.0f} a second; {peer}; {one.ratio:.2g} times{goal}"


def _counted(one: "Result") -> str:
    return f"{one.unit} per {one.per}" if one.per else f"{one.unit}, {'less' if one.less else 'more'} is better"


def _amount(one: "Result", value: float) -> str:
    return f"{value:,.0f}" if one.per else f"{value:.3g}"


def _not_run(one: "Skipped") -> str:
    return f"Skipped: {one.peer_name}: {one.why}."


HEAD = """# Benchmark: {area}

Made by `kapstone bench {area} --page FILE`. Both sides ran in one process; rates are the median of seven rounds in
turns. The ratio says how many times as good ours is; where there is a goal it should be at least that. Absolute
figures change with the machine.

| What | Ours | Peer | Peer's figure | Counted | Ratio | Goal | |
|---|---|---|---|---|---|---|---|
"""


def _page(area: str, found: "Sequence[Result]", skipped: "Sequence[Skipped]") -> str:
    rows = [
        f"| {one.name} | {_amount(one, one.ours)} | {one.peer_name} | {_amount(one, one.peer)} | {_counted(one)} | "
        f"{one.ratio:.3g} | {f'{one.limit:g}' if one.limit else 'none'} | {'' if one.met else '**missed**'} |"
        for one in found
    ]
    left_out = "".join(f"\n{_not_run(one)}\n" for one in skipped)
    return HEAD.format(area=area) + "\n".join(rows) + f"\n{left_out}\nMeasured on: {machine()}.\n"
