"""Builds the demo clinic and serves it.

An invented practice with 90 days behind it, everyone's way in printed. It is built anew for another seed and on
another day, and what was tried out in it is then gone.
"""

import argparse
import fcntl
import json
import re
import socket
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import IO, Any

from kapstone.cli import ways_in
from kapstone.cli.answer import DONE, REFUSED, Answer, BadInput
from kapstone.cli.home import add_home, enter, start_django

EXAMPLE = "kapstone demo --port 8765"
MARK = "demo.json"
"""In the home folder: for which seed and day the demo clinic was built, and who can sign in."""


_LOCKS: list[IO[str]] = []


class _Refused(Exception):
    """A sentence that says why nothing was done."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument("--seed", type=int, default=7, metavar="N", help="which invented clinic (7)")
    parser.add_argument("--port", type=int, default=8765, metavar="P", help="where it is served (8765)")
    parser.add_argument("--no-serve", action="store_true", help="build it, print the ways in, and end")
    add_home(parser)


def run(args: argparse.Namespace) -> Answer:
    """Builds where there is nothing for this seed and day, prints the ways in, and serves until Ctrl-C."""
    if args.json and not args.no_serve:
        raise BadInput("--json goes with --no-serve; without it the clinic is served and there is no document.")
    if not args.no_serve:
        _must_be_free(args.port)
    home, url = enter(args), f"http://localhost:{args.port}"
    try:
        mark = _made(home, url, args.seed)
    except _Refused as refusal:
        return Answer({"ok": False, "why": str(refusal)}, str(refusal), REFUSED)
    if args.no_serve:
        return Answer(ways_in.document(mark, url), ways_in.text(mark, url), DONE)
    print(ways_in.text(mark, url) + "\n\nCtrl-C ends it.", flush=True)
    jobs = _jobs()
    try:
        _serve(args.port)
    finally:
        jobs.terminate()
        jobs.wait(timeout=15)
    return Answer({}, "The demo clinic is closed.")


def _made(home: Path, url: str, seed: int) -> Mapping[str, Any]:
    """The demo clinic in this home, built or found; gives what the mark says."""
    from kapstone.clinic.config import clock, machine

    _must_be_a_demo(home)
    machine.make_home(home, demo=True, address=url)
    _set_address(home / "kapstone.toml", url)
    start_django()
    from kapstone.rehearsal.build import ZONE

    now = clock.now()
    mark = _mark(home)
    if mark and (mark["seed"], mark["day"]) != (seed, now.astimezone(ZONE).date().isoformat()):
        _say(f"The demo clinic was built for seed {mark['seed']} on {mark['day']}; building it anew.")
        mark = None
    mine = _held(home)
    if mark is None:
        if not mine:
            raise _Refused(f"Another `kapstone demo` is building or serving {home}; end that one first.")
        _clear(home)
    _migrate()
    return mark if mark and _is_there() else _build(home, seed, now.astimezone(ZONE).date())


def _held(home: Path) -> bool:
    """Whether this process holds the home's lock now. Kept until it ends, so that nobody builds under a server."""
    lock = (home / "demo.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        return False
    _LOCKS.append(lock)
    return True


def _must_be_a_demo(home: Path) -> None:
    settings = home / "kapstone.toml"
    if not settings.exists():
        if (home / "clinic.sqlite3").exists():
            raise _Refused(
                f"{home} holds a database without settings; give the demo a folder of its own with --home."
            )
        return
    try:
        demo = tomllib.loads(settings.read_text("utf-8")).get("demo", False)
    except ValueError as problem:
        raise BadInput(f"{settings} is not readable TOML: {problem}.") from None
    if demo is not True:
        raise _Refused(f"{home} holds a real clinic; give the demo a folder of its own with --home.")


def _set_address(settings: Path, url: str) -> None:
    """Links in the demo's mail lead to the port of today."""
    text = settings.read_text("utf-8")
    changed = re.sub(r'^address = ".*"$', f'address = "{url}"', text, flags=re.MULTILINE)
    if changed != text:
        settings.write_text(changed, "utf-8")


def _mark(home: Path) -> Mapping[str, Any] | None:
    """What an earlier build left; None where there is nothing, or nothing that can be read."""
    try:
        found = json.loads((home / MARK).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and {"seed", "day", "accounts"} <= found.keys() else None


def _clear(home: Path) -> None:
    """Removes the demo's SQLite file. A PostgreSQL database is never emptied from here."""
    from django.conf import settings

    (home / MARK).unlink(missing_ok=True)
    if settings.DEMO and settings.DATABASES["default"]["NAME"] == home / "clinic.sqlite3":
        for suffix in ("", "-wal", "-shm"):
            (home / f"clinic.sqlite3{suffix}").unlink(missing_ok=True)


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import connection

    from kapstone.clinic.config import sqlite

    call_command("migrate", verbosity=0, interactive=False)
    if found := sqlite.unsafe(connection):
        raise _Refused(" ".join(found))


def _is_there() -> bool:
    from kapstone.clinic.ground.people.queries import the_clinic

    return the_clinic() is not None


def _build(home: Path, seed: int, day: date) -> Mapping[str, Any]:
    from kapstone.clinic.config import clock
    from kapstone.rehearsal import build

    if _is_there():
        raise _Refused("The database named in kapstone.toml already holds a clinic; give the demo an empty one.")
    _say("Building 90 days of an invented clinic; this takes up to half a minute.")
    built = build(seed, clock.now(), say=_say)
    mark: dict[str, Any] = {
        "seed": seed,
        "day": day.isoformat(),
        "patients": built.patients,
        "sessions": built.sessions,
        "accounts": [
            {"role": one.role, "login": one.login, "name": one.name, "where": one.where} for one in built.accounts
        ],
    }
    (home / MARK).write_text(json.dumps(mark, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return mark


def _must_be_free(port: int) -> None:
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as problem:
            raise BadInput(f"Port {port} cannot be used ({problem}); give another with --port.") from None


def _serve(port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "kapstone.clinic.config.asgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.ASGINL,
        websockets=False,
        workers_kill_timeout=3,
        log_level=LogLevels.error,
    ).serve()


def _jobs() -> "subprocess.Popen[bytes]":
    """The loop that tells people of concerns, beside the server. It ends with this process."""
    command = [sys.executable, "-m", "kapstone.cli.main", "jobs", "--with-parent"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
