"""Where a verb finds the clinic's data: `--home DIR`, or KAPSTONE_HOME, or `.kapstone`; and how it starts there."""

import argparse
import os
from pathlib import Path

from kapstone.cli.answer import BadInput


def add_home(parser: argparse.ArgumentParser) -> None:
    """Adds `--home`."""
    parser.add_argument("--home", metavar="DIR", help="the clinic's folder (KAPSTONE_HOME, or .kapstone)")


def enter(args: argparse.Namespace) -> Path:
    """Makes the asked-for folder this process's home, before any setting is read."""
    from kapstone.clinic.config import machine

    if args.home:
        os.environ["KAPSTONE_HOME"] = str(Path(args.home).absolute())
    return machine.home()


def start_django() -> None:
    """Reads the home's settings and loads the clinic. BadInput with the setting that is missing or wrong."""
    import django

    from kapstone.clinic.config import machine

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kapstone.clinic.config.settings")
    try:
        django.setup()
    except machine.BadSetting as problem:
        raise BadInput(str(problem)) from None
