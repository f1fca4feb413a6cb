"""The blocks of a population on threads, processes or a cluster, by Dask, which is an optional extra."""

from collections.abc import Iterator
from typing import Any

from .population import Counts, Results, Task, one_block

AT_ONCE = 64
"""Blocks that wait at a cluster at any time, so that a large population does not fill its memory."""


def on_workers(workers: Any) -> Results:
    """Blocks on a `distributed.Client`, each result as it is ready."""

    def results(task: Task) -> Iterator[Counts]:
        from distributed import as_completed

        waiting = iter(range(task.blocks))
        first = [block for block, _ in zip(waiting, range(AT_ONCE), strict=False)]
        running = as_completed([workers.submit(one_block, task, block, pure=False) for block in first])
        for future in running:
            counts: Counts = future.result()
            future.release()
            yield counts
            following = next(waiting, None)
            if following is not None:
                running.add(workers.submit(one_block, task, following, pure=False))

    return results


def here(scheduler: str, workers: int) -> Results:
    """Blocks on this machine; `scheduler` is threads or processes, as Dask calls them."""

    def results(task: Task) -> Iterator[Counts]:
        import dask

        for first in range(0, task.blocks, AT_ONCE):
            some = range(first, min(first + AT_ONCE, task.blocks))
            parts = [dask.delayed(one_block, pure=False)(task, block) for block in some]
            yield from dask.compute(*parts, scheduler=scheduler, num_workers=workers)

    return results
