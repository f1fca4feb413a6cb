"""Finds the verbs in `verbs/`, reads the command line, prints one answer, and never shows a traceback for
bad input."""

import argparse
import importlib
import json
import os
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import NoReturn

from kapstone import __version__
from kapstone.cli import verbs
from kapstone.cli.answer import BAD_INPUT, Answer, BadInput


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one verb; returns the exit code."""
    parser = _parser()
    args = parser.parse_args(argv)
    try:
        answer: Answer = args.run(args)
    except BadInput as problem:
        print(f"kapstone {args.verb}: {problem}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    try:
        if args.json:
            print(json.dumps(answer.document, ensure_ascii=False, indent=2), flush=True)
        elif answer.text:
            print(answer.text, flush=True)
    except BrokenPipeError:
        # Whoever read has read enough, as `head` does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return answer.exit_code


class OneSentence(argparse.ArgumentParser):
    """Says what is wrong with a word of the command line, without the whole usage above it."""

    def error(self, message: str) -> NoReturn:
        """One sentence and the exit code of bad input."""
        print(f"{self.prog}: {message}. See {self.prog} --help.", file=sys.stderr)
        sys.exit(BAD_INPUT)


def _parser() -> argparse.ArgumentParser:
    parser = OneSentence(prog="kapstone", description="Ketamine-assisted therapy for depression, from end to end.")
    parser.add_argument("--version", action="version", version=f"kapstone {__version__}")
    found = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, module in _verbs().items():
        what = (module.__doc__ or "").strip()
        verb = found.add_parser(
            name,
            help=what.splitlines()[0],
            description=what,
            epilog=f"example:\n  {module.EXAMPLE}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        verb.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
        module.add_arguments(verb)
        verb.set_defaults(run=module.run)
    return parser


def _verbs() -> dict[str, ModuleType]:
    names = sorted(found.name for found in pkgutil.iter_modules(verbs.__path__))
    return {name.replace("_", "-"): importlib.import_module(f"{verbs.__name__}.{name}") for name in names}


if __name__ == "__main__":
    sys.exit(main())
