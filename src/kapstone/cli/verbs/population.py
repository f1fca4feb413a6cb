"""Simulates a virtual population of any size, summaries only; the same seed gives the same people anywhere."""

import argparse
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kapstone import __version__
from kapstone.cli.answer import Answer, BadInput
from kapstone.cli.asked import add_dose_and_person, person_of, regimen_of, seed_of
from kapstone.cli.verbs.forecast import inputs_of

if TYPE_CHECKING:
    from kapstone.care.pharmacology import Forecast, Population
    from kapstone.care.pharmacology.population import Results

EXAMPLE = "kapstone population --n 100000 --format iv --mg-per-kg 0.5 --over-min 40 --weight-kg 70"
MOST = 1_000_000_000
MOST_WORKERS = 256
WAIT_S = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The dose, the person, how many, and who works."""
    parser.add_argument("--n", type=int, required=True, help="how many virtual persons")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--on", choices=("here", "threads", "processes", "cluster"), default="here", help="who works (needs Dask)"
    )
    parser.add_argument("--workers", type=int, default=2, help="threads or processes (2)")
    parser.add_argument("--fast", action="store_true", help="solve by Numba, the extra “fast”")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="a running Dask scheduler, for --on cluster")
    add_dose_and_person(parser)


def run(args: argparse.Namespace) -> Answer:
    """The population; exit 1 where a model must not be used."""
    from kapstone.care.pharmacology import FEW, Refusal, forecast, population_task, simulate

    if not 1 <= args.n <= MOST:
        raise BadInput(f"--n is {args.n}; give 1 to {MOST}.")
    person = person_of(args)
    regimen, said = regimen_of(args)
    try:
        task = population_task(
            person, regimen, args.n, model=args.model, seed=seed_of(args), until_min=args.until_min,
            step_min=args.step_min, compiled=_fast(args),
        )  # fmt: skip
    except Refusal as refusal:
        return Answer({"refused": str(refusal)}, f"No simulation. {refusal}", 1)
    asked = forecast(
        person, regimen, model=args.model, until_min=args.until_min, step_min=args.step_min, draws=FEW, effects=()
    )
    begun = time.perf_counter()
    found = simulate(task, _results(args), _progress())
    seconds = time.perf_counter() - begun
    summary = _summary(found)
    document = {
        "n": args.n,
        "seconds": round(seconds, 3),
        "model": task.model,
        "version": asked.model.version,
        "program": __version__,
        "source": asked.model.cites,
        "standing": asked.model.standing,
        "composed": asked.model.composed,
        "seed": task.seed,
        "inputs": inputs_of(person, regimen),
        "sites": {name: one.site for name, one in asked.model.outputs.items()},
        "summary": summary,
        "outside_studied_range": asked.grey,
        "warnings": [*said, *_not_in_it(asked), *asked.warnings],
    }
    return Answer(document, _words(document, summary))


def _not_in_it(asked: "Forecast") -> list[str]:
    """What a forecast of one person would hold in its outer bands, and a population does not."""
    beside = [one.why for one in asked.parent.outer]
    return [f"Not in this population, which is of {asked.model.title} alone: {'; '.join(beside)}."] if beside else []


def _fast(args: argparse.Namespace) -> bool:
    if args.fast:
        try:
            import numba  # noqa: F401
        except ImportError:
            raise BadInput("--fast needs Numba: install kapstone with its extra “fast”.") from None
    return bool(args.fast)


def _results(args: argparse.Namespace) -> "Results":
    from kapstone.care.pharmacology.population import in_turn

    if args.on == "here":
        return in_turn
    if not 1 <= args.workers <= MOST_WORKERS:
        raise BadInput(f"--workers is {args.workers}; give 1 to {MOST_WORKERS}.")
    try:
        from kapstone.care.pharmacology import spread_out

        if args.on == "cluster":
            if not args.scheduler:
                raise BadInput("--scheduler is missing: give the address of a running Dask scheduler.")
            from distributed import Client

            try:
                return spread_out.on_workers(Client(args.scheduler, timeout=WAIT_S))
            except (OSError, ValueError, TimeoutError):
                raise BadInput(
                    f"--scheduler: nobody answers at {args.scheduler}; give the address of a running Dask scheduler, "
                    "such as tcp://127.0.0.1:8786."
                ) from None
        import dask  # noqa: F401
    except ImportError:
        raise BadInput(f"--on {args.on} needs Dask: install kapstone with its extra “dask”.") from None
    return spread_out.here(args.on, args.workers)


def _progress() -> Callable[[int, int], None] | None:
    """A bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        return None

    def told(done: int, of: int) -> None:
        full = 40 * done // of
        print(f"\r[{'#' * full}{'.' * (40 - full)}] {done} of {of} blocks", end="", file=sys.stderr, flush=True)
        if done == of:
            print(file=sys.stderr)

    return told


def _summary(found: "Population") -> dict[str, Any]:
    from kapstone.care.pharmacology import model
    from kapstone.care.pharmacology.population import SUMMARIES

    def rounded(row: dict[str, float]) -> dict[str, float]:
        return {name: float(f"{value:.4g}") for name, value in row.items()}

    result: dict[str, Any] = {}
    for place, name in enumerate(model(found.task.model).outputs):
        rows = {what: rounded(found.percentiles(place, row)) for row, what in enumerate(SUMMARIES)}
        times = {
            f"{minute:g}": rounded(found.percentiles(place, len(SUMMARIES) + row))
            for row, minute in enumerate(found.curve_min)
        }
        result[name] = {**rows, "concentration_ng_per_ml_at_min": times}
    return result


def _words(document: dict[str, Any], summary: dict[str, Any]) -> str:
    lines = [f"{document['n']:,} virtual persons in {document['seconds']:g} s, model {document['model']}."]
    lines.append(f"{document['source']}; {document['standing']}.")
    for name, rows in summary.items():
        lines.append(f"  {name}, {document['sites'][name]} blood:")
        for what in ("cmax_ng_per_ml", "tmax_min", "auc_0_inf_ng_h_per_ml"):
            row = rows[what]
            lines.append(f"    {what}: median {row['p50']:g}, 5 to 95 %: {row['p5']:g} to {row['p95']:g}")
    lines += [f"Mind: {one}" for one in document["warnings"]]
    return "\n".join(lines)
