"""Tells people of concerns as time passes, until it is stopped.

Looks every few seconds at every clinic of the home folder: who must know of an open concern by the roster, and which
mails are to be sent. One loop must run wherever a clinic is open; a second one does no harm. It ends on Ctrl-C or
SIGTERM, after the look it is at.
"""

import argparse
import os
import signal
from threading import Event, Thread

from kapstone.cli.answer import DONE, REFUSED, Answer, BadInput
from kapstone.cli.home import add_home, enter, start_django

EXAMPLE = "kapstone jobs --every 2"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("--once", action="store_true", help="look once, print what was done, and end")
    parser.add_argument("--every", type=float, default=2.0, metavar="SECONDS", help="how long between two looks (2)")
    parser.add_argument("--with-parent", action="store_true", help="end when the process that started this one ends")
    add_home(parser)


def run(args: argparse.Namespace) -> Answer:
    """Runs the loop in this process."""
    home = enter(args)
    if not 0.1 <= args.every <= 60:
        raise BadInput(f"--every {args.every:g}: give a number of seconds from 0.1 to 60.")
    if not args.once and args.json:
        raise BadInput("--json goes with --once; without it the loop runs and there is no document.")
    if not (home / "kapstone.toml").exists():
        raise BadInput(f"There is no clinic in {home}; give its folder with --home.")
    start_django()
    return _once() if args.once else _loop(args.every, args.with_parent)


def _once() -> Answer:
    from kapstone.clinic.config import clock, jobs

    done = jobs.run_once(clock.now())
    document = {"told": done.told, "sent": done.sent, "failed": done.failed, "faults": done.faults}
    text = f"{done.told} told, {done.sent} mails sent, {done.failed} failed, {done.faults} faults."
    return Answer(document, text, REFUSED if done.faults else DONE)


def _loop(every_s: float, with_parent: bool) -> Answer:
    from kapstone.clinic.config import jobs

    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    if with_parent:
        Thread(target=_watch_parent, args=(stop, os.getppid()), daemon=True).start()
    jobs.run(stop, every_s)
    return Answer({}, "The loop has ended.")


def _watch_parent(stop: Event, parent: int) -> None:
    """A parent that was killed can end nobody; its child sees that it has another one."""
    while not stop.wait(1):
        if os.getppid() != parent:
            stop.set()
