"""Listens for bedside monitors that speak HL7 version 2 over MLLP, until it is stopped.

Values are offered at the chair where their device stands, or wait on the tray; none becomes a reading by itself. It
listens on this machine alone unless told otherwise, and without encryption: put it behind a tunnel of your network.
"""

import argparse
import asyncio
import signal
from pathlib import Path

from kapstone.cli.answer import Answer, BadInput
from kapstone.cli.home import add_home, enter, start_django

EXAMPLE = "kapstone devices --key-file monitors.key --port 2575"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument(
        "--key-file",
        required=True,
        type=Path,
        metavar="FILE",
        help="a file with the key from the page Devices",
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=2575, help="the port to listen on (2575)")
    add_home(parser)


def run(args: argparse.Namespace) -> Answer:
    """Listens in this process."""
    home = enter(args)
    if not 0 <= args.port <= 65_535:
        raise BadInput(f"--port {args.port}: give a port from 0 to 65535.")
    if not (home / "kapstone.toml").exists():
        raise BadInput(f"There is no clinic in {home}; give its folder with --home.")
    start_django()
    from kapstone.clinic.session.devices.queries import gateway_of

    try:
        key = args.key_file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise BadInput(f"{args.key_file} cannot be read; give a file that holds the key and nothing else.") from None
    if gateway_of(key) is None:
        raise BadInput(f"The key in {args.key_file} may not send; make one on the page Devices.")
    from django.db import close_old_connections

    from kapstone.care.quantities import Instant
    from kapstone.clinic.config import clock
    from kapstone.clinic.edges.mllp.server import Server
    from kapstone.clinic.session.devices.actions import receive_many

    def keep(bodies: list[bytes], at: Instant) -> list[bool]:
        close_old_connections()
        found = gateway_of(key)  # asked each time, so that taking it back ends this listener's word at once
        return [not raw.refused for raw in receive_many(found, "hl7", bodies, at)] if found else [False] * len(bodies)

    async def serve() -> None:
        stop = asyncio.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
        ready = lambda port: print(f"Listening on {args.host}:{port}.", flush=True)  # noqa: E731
        await Server(keep, clock.now).run(args.host, args.port, stop, ready)

    asyncio.run(serve())
    return Answer({}, "It listens no more.")
