"""Writes docs/operators/first-run.md: three commands with what they truly print, run as an operator runs them.

`tools/first_run.py [FILE]` writes elsewhere. It needs the recordings of ../shared/data and says so without them.
"""

import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/operators/first-run.md"
DATA = ROOT.parent / "shared/data"
NEEDED = ("bedside_numerics_a.csv", "antidepressant_trial_hamd17.csv")

REPLAY = "kapstone replay ../shared/data/bedside_numerics_a.csv --format iv --baseline-sbp 125 --baseline-dbp 70"
OUTCOMES = (
    "kapstone outcomes ../shared/data/antidepressant_trial_hamd17.csv --patient patient --time visit "
    "--score hamd17 --instrument ham-d17 --group therapy --pre 0 --post 7"
)
SCORE = "kapstone score docs/operators/examples/phq-9-response.json"

TEXT = """# First run

Written by `tools/first_run.py`, which runs the commands below and keeps what they print. Do not edit by hand.

After `make setup`, three commands show that the program works on this machine. They need no clinic and no
database. Run them in the project's folder, with `.venv/bin` on the path.

Add `--json` to any of them for one JSON document and nothing else. Exit 0 is done; 1 is a refusal; 2 is bad
input, with one sentence that says which file, line and column.

**The limits are Kapstone's defaults and unsigned.** No medical director has signed them, and a clinic's
own director must before a dose. This is not an alarm system: the bedside monitor alarms, the program records and
reminds.

## A recording through the session record

Sixteen hours of readings, one a minute, from a bedside monitor in intensive care. It is no treatment session; it
is run as if an infusion began in minute 0, to show what the record makes of real readings: reminders as episodes,
lost sensors as technical, impossible values shown and not used, blanks as not measured.

{replay}

## Outcomes of a trial

172 patients of a masked antidepressant trial, HAM-D17 before treatment (visit 0) and at its end (visit 7). It
shows the table, not what ketamine does.

{outcomes}

## One questionnaire

[`examples/phq-9-response.json`](examples/phq-9-response.json) is a PHQ-9 with answers made up for this page.

{score}

## Where the recordings come from

They are not part of the project. The pages and tests that read them expect them in `../shared/data/` and say so
when they are not there.

- `bedside_numerics_a.csv`: MIMIC-III Waveform Database Matched Subset, record s00001 (open access, ODC-By 1.0), as
  shipped in the WFDB sample data. Zeros are sensor drop-outs, blanks are “not measured”.
- `antidepressant_trial_hamd17.csv`: DIA missing-data working group example set (Goldstein 2004, masked), as shipped
  in the R package rbmi.
"""


def page() -> str:
    """The whole page."""
    return TEXT.format(replay=shown(REPLAY), outcomes=shown(OUTCOMES), score=shown(SCORE))


def shown(command: str) -> str:
    """The command and what it prints, fenced. Raises CalledProcessError when it fails."""
    words = [sys.executable, "-m", "kapstone.cli.main", *shlex.split(command)[1:]]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)
    lines = "\n".join(line.rstrip() for line in done.stdout.strip().splitlines())
    return f"```console\n$ {command}\n{lines}\n```"


def main(argv: list[str]) -> int:
    """Writes the page; 1 when a recording is absent."""
    missing = [name for name in NEEDED if not (DATA / name).exists()]
    if missing:
        print(f"../shared/data/{missing[0]} is not here; the page stays as it is.", file=sys.stderr)
        return 1
    target = Path(argv[0]) if argv else PAGE
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page(), "utf-8")
    print(f"{target} written.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
