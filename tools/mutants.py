"""Breaks the evaluation's rules in thousands of small ways and counts how many the specification notices.

Comparators, and/or/not, truths, numbers, severities, urgencies and blanks by cosmic-ray; limits of the policy, which
stand in TOML, by a loop here. It works on copies under .test/mutants, never on the project. A run that was stopped
goes on where it was: `tools/mutants.py --minutes 30`; `--fresh` begins anew. Writes docs/reference/mutants.md.
"""

import argparse
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parent.parent
HOME = ROOT / ".test" / "mutants"
PAGE = ROOT / "docs" / "reference" / "mutants.md"
ROOM = Path("src/kapstone/care/evaluation")
POLICY = Path("src/kapstone/care/evidence/policy/evaluation.toml")
SINGLE = ("logic", "evaluate", "missing", "verdict", "limits", "resistance", "phq9", "worry", "rule")
UPSTAIRS = ("decision.", "questionnaire.")
"""Lines of the policy that the upper floor reads; the specification of the rules does not."""

WORKERS = 2
TESTS = [
    f"tests/spec/evaluation/test_{name}.py"
    for name in (
        *("each_rule", "small_print", "what_is_tried", "edges", "beyond", "worry", "scores", "medicine_names"),
        *("clearance", "not_known", "verdicts"),
    )
]
COMMAND = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:django", "-p", "no:xdist", "-p", "no:cacheprovider"]
WANTED = re.compile(
    r"own/.*|core/(NumberReplacer|AddNot|Replace(TrueWithFalse|FalseWithTrue|AndWithOr|OrWithAnd)"
    r"|ReplaceUnaryOperator_Delete_Not|ReplaceComparisonOperator_(Is_IsNot|IsNot_Is|(Eq|NotEq|Lt|LtE|Gt|GtE)_"
    r"(Eq|NotEq|Lt|LtE|Gt|GtE)))"
)
FORMS = {"own": "severity, urgency, blank", "NumberReplacer": "number", "ReplaceComparisonOperator": "comparator"}
INI = "[pytest]\nfilterwarnings = error\nmarkers = mitigates(*ids): evidence\n"
CONFIG = """[cosmic-ray]
module-path = [{modules}]
timeout = 60.0
excluded-modules = []
test-command = {command}
[cosmic-ray.distributor]
name = "local"
[cosmic-ray.filters.operators-filter]
exclude-operators = [{excluded}]
"""


def main() -> int:
    """Runs for so many minutes at most, then writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=120.0)
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--survivors", action="store_true", help="try again those that nothing noticed")
    args = parser.parse_args()
    if args.fresh:
        shutil.rmtree(HOME, ignore_errors=True)
    if args.survivors:
        _forget_survivors()
    until = time.monotonic() + args.minutes * 60
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(lambda number: _work(number, until), range(WORKERS)))
    percent = _write()
    return 0 if percent >= 90 else 1


def _work(number: int, until: float) -> None:
    """One worker's share of the files, in a copy of its own."""
    home = HOME / str(number)
    session = home / "session.sqlite"
    _copy(home)
    env = os.environ | {"PYTHONPATH": f"{home / 'plugins'}:{home / 'src'}:{home}", "PYTHONDONTWRITEBYTECODE": "1"}
    if subprocess.run([*COMMAND, *TESTS], cwd=home, env=env, capture_output=True).returncode:
        raise SystemExit(f"The specification fails without any mutant in {home}; mend that first.")
    if not session.exists():
        _run(["cosmic-ray", "init", "config.toml", "session.sqlite"], home, env, None)
        _run(["cr-filter-operators", "session.sqlite", "config.toml"], home, env, None)
    _limits(number, home, env, until)
    _run(["cosmic-ray", "exec", "config.toml", "session.sqlite"], home, env, until)
    (home / "dump.jsonl").write_text(_run(["cosmic-ray", "dump", "session.sqlite"], home, env, None), "utf-8")


def _forget_survivors() -> None:
    for home in HOME.iterdir():
        with sqlite3.connect(home / "session.sqlite") as session:
            session.execute("DELETE FROM work_results WHERE test_outcome = 'SURVIVED'")
        kept = home / "limits.json"
        kept.write_text(json.dumps({name: True for name, noticed in json.loads(kept.read_text()).items() if noticed}))


def _copy(home: Path) -> None:
    for folder in ("src/kapstone/care", "tests/spec/evaluation"):
        shutil.rmtree(home / folder, ignore_errors=True)
        shutil.copytree(ROOT / folder, home / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("src/kapstone/__init__.py", "tests/__init__.py", "tests/spec/__init__.py"):
        if (ROOT / file).exists():
            shutil.copy(ROOT / file, home / file)
    plugin = home / "plugins" / "own_mutants-1.dist-info"
    plugin.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "tools/mutant_operators.py", home / "plugins/mutant_operators.py")
    (plugin / "METADATA").write_text("Metadata-Version: 2.1\nName: own-mutants\nVersion: 1\n")
    (plugin / "entry_points.txt").write_text("[cosmic_ray.operator_providers]\nown = mutant_operators:Provider\n")
    (home / "pytest.ini").write_text(INI)
    modules = [str(one.relative_to(home)) for one in _mine(home)]
    command = json.dumps(" ".join([*COMMAND, *TESTS]))
    listed = subprocess.run(
        ["cosmic-ray", "operators"], capture_output=True, text=True, check=True, env=_path(os.environ)
    ).stdout.split()
    excluded = [name for name in listed if not WANTED.fullmatch(name)]
    text = CONFIG.format(
        modules=", ".join(map(json.dumps, modules)),
        command=command,
        excluded=", ".join(f'"{re.escape(name)}"'.replace("\\", "\\\\") for name in excluded),
    )
    (home / "config.toml").write_text(text)


def _mine(home: Path) -> list[Path]:
    """Every other file of the rules and of what they stand on."""
    files = [*sorted((home / ROOM / "rules").glob("[ae]*.py")), *(home / ROOM / f"{name}.py" for name in SINGLE)]
    return files[int(home.name) :: WORKERS]


def _run(command: list[str], home: Path, env: dict[str, str], until: float | None) -> str:
    """Runs a command in a copy; stops it at the given moment."""
    left = None if until is None else max(1.0, until - time.monotonic())
    with subprocess.Popen(command, cwd=home, env=_path(env), stdout=subprocess.PIPE, text=True) as process:
        try:
            return process.communicate(timeout=left)[0]
        except subprocess.TimeoutExpired:
            process.terminate()
            process.communicate()
            return ""


def _path(env: "os._Environ[str] | dict[str, str]") -> dict[str, str]:
    return {**env, "PATH": f"{Path(sys.executable).parent}:{env['PATH']}"}


def _limits(number: int, home: Path, env: dict[str, str], until: float) -> None:
    """Moves every limit of the policy by one step, up and down, and asks the specification."""
    kept = home / "limits.json"
    done: dict[str, bool] = json.loads(kept.read_text()) if kept.exists() else {}
    file = home / POLICY
    text = file.read_text("utf-8")
    found = [*re.finditer(r"^\[([\w.]+)\]\nvalue = (\d+(?:\.\d+)?)$", text, re.M)][number::WORKERS]
    for one in found:
        for step in (1, -1):
            name = f"{one[1]} {'+' if step > 0 else '-'}"
            if name in done or one[1].startswith(UPSTAIRS) or time.monotonic() > until:
                continue
            by = 1 if "." not in one[2] else 10 ** -len(one[2].partition(".")[2])
            moved = f"{float(one[2]) + step * by:g}"
            file.write_text(text[: one.start(2)] + moved + text[one.end(2) :], "utf-8")
            ran = subprocess.run([*COMMAND, *TESTS], cwd=home, env=env, capture_output=True)
            done[name] = ran.returncode != 0
            kept.write_text(json.dumps(done))
    file.write_text(text, "utf-8")


def _write() -> float:
    """The page: what ran, what was noticed, and every mutant that was not."""
    killed: Counter[str] = Counter()
    ran: Counter[str] = Counter()
    waiting, survivors = 0, []
    for home in sorted(HOME.iterdir()):
        for line in (home / "dump.jsonl").read_text("utf-8").splitlines():
            item, result = json.loads(line)
            mutation = item["mutations"][0]
            name = mutation["operator_name"]
            if result is None or result["worker_outcome"] == "skipped":
                waiting += result is None
                continue
            kind = FORMS["own"] if name.startswith("own/") else name.partition("/")[2].split("_")[0]
            kind = FORMS.get(kind, "truth and logic" if kind != FORMS["own"] else kind)
            ran[kind] += 1
            if result["test_outcome"] == "survived":
                where = mutation["module_path"].removeprefix(f"{ROOM}/")
                survivors.append(f"{where}:{mutation['start_pos'][0]} {name.partition('/')[2]}")
            else:
                killed[kind] += 1
        for name, noticed in json.loads((home / "limits.json").read_text()).items():
            ran["limit of the policy"] += 1
            killed["limit of the policy"] += noticed
            if not noticed:
                survivors.append(f"policy {name}")
    percent = 100 * killed.total() / max(1, ran.total())
    rows = "\n".join(_row(kind, ran[kind], killed[kind]) for kind in ran)
    rest = "\n".join(f"- `{one}`" for one in sorted(survivors)) or "- none"
    PAGE.write_text(
        "# Mutants of the evaluation's rules\n\nMade by `make mutants`. Each mutant is one small change of a rule,\n"
        "of the logic below it or of a limit of the policy; the specification should fail for it.\n\n"
        f"**{killed.total()} of {ran.total()} noticed: {percent:.1f} %.** Not run yet: {waiting}.\n\n"
        f"| what was changed | mutants | noticed | percent |\n| --- | --- | --- | --- |\n{rows}\n\n"
        "## Not noticed\n\nSome change nothing that can be seen (equivalent mutants); they are not taken out.\n\n"
        f"{rest}\n",
        "utf-8",
    )
    print(PAGE.read_text("utf-8")[:900])
    return percent


def _row(kind: str, ran: int, killed: int) -> str:
    return f"| {kind} | {ran} | {killed} | {100 * killed / ran:.1f} |"


if __name__ == "__main__":
    sys.exit(main())
