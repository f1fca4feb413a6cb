"""Breaks the evaluation's rules, or the limits of doses, in small ways and counts how many the specification notices.

Comparators, and/or/not, truths, numbers, severities, urgencies and blanks by cosmic-ray; limits of the policy, which
stand in TOML, by a loop here. It works on copies under .test/mutants, never on the project. A run that was stopped
goes on where it was: `tools/mutants.py evaluation --minutes 30`; `--fresh` begins anew. It writes a reference page.
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
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Target:
    """What is broken, and what should notice. `limits` finds numbers in policy files; `upstairs` leaves some out."""

    name: str
    title: str
    room: Path
    files: tuple[str, ...]
    tests: tuple[str, ...]
    policies: tuple[str, ...]
    limits: re.Pattern[str]
    upstairs: tuple[str, ...] = ()

    @property
    def home(self) -> Path:
        """Where its copies are broken."""
        return ROOT / ".test" / "mutants" / self.name

    @property
    def page(self) -> Path:
        """Where its counts are written."""
        return ROOT / "docs" / "reference" / f"mutants-{self.name}.md"


SINGLE = ("logic", "evaluate", "missing", "verdict", "limits", "resistance", "phq9", "worry", "rule")
SPECIFICATION = (
    *("each_rule", "small_print", "what_is_tried", "edges", "beyond", "worry", "scores", "medicine_names"),
    *("clearance", "not_known", "verdicts"),
)
TARGETS = (
    Target(
        "evaluation",
        "Mutants of the evaluation's rules",
        Path("src/kapstone/care/evaluation"),
        ("rules/[ae]*.py", *(f"{name}.py" for name in SINGLE)),
        tuple(f"tests/spec/evaluation/test_{name}.py" for name in SPECIFICATION),
        ("evaluation.toml",),
        re.compile(r"^\[([\w.]+)\]\nvalue = (\d+(?:\.\d+)?)$", re.M),
        # lines that the upper floor reads; the specification of the rules does not
        ("decision.", "questionnaire."),
    ),
    Target(
        "doses",
        "Mutants of the limits of doses",
        Path("src/kapstone/care/plan/dose"),
        ("*.py",),
        tuple(f"tests/spec/plan/test_{name}.py" for name in ("dose_limits", "dose_entered", "ramp_and_first")),
        tuple(f"plan/{name}.toml" for name in ("iv", "im", "sc", "sl", "po", "in-racemic", "weight")),
        re.compile(r"^((?:hard|soft|start)_max_\w+|ramp_\w+|ask_from\w+) = \{ value = (\d+(?:\.\d+)?),", re.M),
        # nothing can be given before a director signs a limit, so its start limits nothing yet
        ("in-racemic start_max_mg",),
    ),
)
POLICIES = Path("src/kapstone/care/evidence/policy")
WORKERS = 2
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
    parser.add_argument("target", nargs="?", default="evaluation", choices=[one.name for one in TARGETS])
    parser.add_argument("--minutes", type=float, default=120.0)
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--survivors", action="store_true", help="try again those that nothing noticed")
    args = parser.parse_args()
    target = next(one for one in TARGETS if one.name == args.target)
    if args.fresh:
        shutil.rmtree(target.home, ignore_errors=True)
    if args.survivors:
        _forget_survivors(target)
    until = time.monotonic() + args.minutes * 60
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(lambda number: _work(target, number, until), range(WORKERS)))
    percent = _write(target)
    return 0 if percent >= 90 else 1


def _work(target: Target, number: int, until: float) -> None:
    """One worker's share of the files, in a copy of its own."""
    home = target.home / str(number)
    session = home / "session.sqlite"
    _copy(target, home)
    env = os.environ | {"PYTHONPATH": f"{home / 'plugins'}:{home / 'src'}:{home}", "PYTHONDONTWRITEBYTECODE": "1"}
    if subprocess.run([*COMMAND, *target.tests], cwd=home, env=env, capture_output=True).returncode:
        raise SystemExit(f"The specification fails without any mutant in {home}; mend that first.")
    if not session.exists():
        _run(["cosmic-ray", "init", "config.toml", "session.sqlite"], home, env, None)
        _run(["cr-filter-operators", "session.sqlite", "config.toml"], home, env, None)
    _limits(target, number, home, env, until)
    _run(["cosmic-ray", "exec", "config.toml", "session.sqlite"], home, env, until)
    (home / "dump.jsonl").write_text(_run(["cosmic-ray", "dump", "session.sqlite"], home, env, None), "utf-8")


def _forget_survivors(target: Target) -> None:
    for home in target.home.iterdir():
        with sqlite3.connect(home / "session.sqlite") as session:
            session.execute("DELETE FROM work_results WHERE test_outcome = 'SURVIVED'")
        kept = home / "limits.json"
        kept.write_text(json.dumps({name: True for name, noticed in json.loads(kept.read_text()).items() if noticed}))


def _copy(target: Target, home: Path) -> None:
    for folder in ("src/kapstone/care", str(Path(target.tests[0]).parent)):
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
    modules = [str(one.relative_to(home)) for one in _mine(target, home)]
    command = json.dumps(" ".join([*COMMAND, *target.tests]))
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


def _mine(target: Target, home: Path) -> list[Path]:
    """Every other file of the rules and of what they stand on."""
    room = home / target.room
    files = [one for name in target.files for one in sorted(room.glob(name)) if one.name != "__init__.py"]
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


def _limits(target: Target, number: int, home: Path, env: dict[str, str], until: float) -> None:
    """Moves every limit of the policy by one step, up and down, and asks the specification."""
    kept = home / "limits.json"
    done: dict[str, bool] = json.loads(kept.read_text()) if kept.exists() else {}
    for policy in target.policies[number::WORKERS] if len(target.policies) > 1 else target.policies:
        file = home / POLICIES / policy
        text = file.read_text("utf-8")
        found = [*target.limits.finditer(text)]
        for one in found if len(target.policies) > 1 else found[number::WORKERS]:
            stem = "" if len(target.policies) == 1 else f"{Path(policy).stem} "
            for step in (1, -1):
                name = f"{stem}{one[1]} {'+' if step > 0 else '-'}"
                if name in done or f"{stem}{one[1]}".startswith(target.upstairs or "\0") or time.monotonic() > until:
                    continue
                by = 1 if "." not in one[2] else 10 ** -len(one[2].partition(".")[2])
                moved = f"{float(one[2]) + step * by:g}"
                file.write_text(text[: one.start(2)] + moved + text[one.end(2) :], "utf-8")
                ran = subprocess.run([*COMMAND, *target.tests], cwd=home, env=env, capture_output=True)
                done[name] = ran.returncode != 0
                kept.write_text(json.dumps(done))
        file.write_text(text, "utf-8")


def _write(target: Target) -> float:
    """The page: what ran, what was noticed, and every mutant that was not."""
    killed: Counter[str] = Counter()
    ran: Counter[str] = Counter()
    waiting, survivors = 0, []
    for home in sorted(target.home.iterdir()):
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
                where = mutation["module_path"].removeprefix(f"{target.room}/")
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
    target.page.write_text(
        f"# {target.title}\n\nMade by `make mutants`. Each mutant is one small change of a rule,\n"
        "of the logic below it or of a limit of the policy; the specification should fail for it.\n\n"
        f"**{killed.total()} of {ran.total()} noticed: {percent:.1f} %.** Not run yet: {waiting}.\n\n"
        f"| what was changed | mutants | noticed | percent |\n| --- | --- | --- | --- |\n{rows}\n\n"
        "## Not noticed\n\nSome change nothing that can be seen (equivalent mutants); they are not taken out.\n\n"
        f"{rest}\n",
        "utf-8",
    )
    print(target.page.read_text("utf-8")[:900])
    return percent


def _row(kind: str, ran: int, killed: int) -> str:
    return f"| {kind} | {ran} | {killed} | {100 * killed / ran:.1f} |"


if __name__ == "__main__":
    sys.exit(main())
