"""The papers are true to the code: generated pages are current, names exist, links lead somewhere, and examples print
what they say."""

import ast
import importlib.util
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from kapstone.care.evaluation import rules
from kapstone.care.evidence import claims, default_policy
from kapstone.cli.main import _verbs

ROOT = Path(__file__).resolve().parents[2]
TOP = ["README", "ARCHITECTURE", "GLOSSARY", "SAFETY", "SECURITY", "CONTRIBUTING", "CHANGELOG"]
PAPERS = [ROOT / f"{name}.md" for name in TOP] + sorted((ROOT / "docs").rglob("*.md"))
SOURCES = [path for path in sorted((ROOT / "src").rglob("*.py")) if "migrations" not in path.parts]
MADE_LATER = ROOT / "docs/pictures"
"""`make screenshots` makes these."""


def name_of(path: Path) -> str:
    """The path as a test's id."""
    return path.relative_to(ROOT).as_posix()


@cache
def builder() -> ModuleType:
    """tools/build_docs.py."""
    spec = importlib.util.spec_from_file_location("build_docs", ROOT / "tools/build_docs.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GENERATED = [
    "session-states.md", "concern-states.md", "test-states.md", "who-may.md", "policy.md", "rules.md", "reminders.md",
    "formats.md", "instruments.md", "claims.md", "pharmacology.md", "pharmacology-disagreements.md",
]  # fmt: skip


@pytest.mark.parametrize("page", GENERATED)
def test_generated_pages_are_current(page: str) -> None:
    assert sorted(builder().PAGES) == sorted(GENERATED)
    assert (ROOT / "docs/reference" / page).read_text("utf-8") == builder().PAGES[page](), "run `make docs`"


def test_every_rule_section_and_claim_is_on_its_page() -> None:
    text = {page: (ROOT / "docs/reference" / page).read_text("utf-8") for page in GENERATED}
    assert [one.id for one in rules() if f"| {one.id} | {one.title} |" not in text["rules.md"]] == []
    assert [slug for slug in claims() if f"## {slug}\n" not in text["claims.md"]] == []
    keys = default_policy().lines
    assert [room for room in {key.split(".")[0] for key in keys} if f"## {room}\n" not in text["policy.md"]] == []
    assert [key for key in keys if f"| `{key.partition('.')[2]}` |" not in text["policy.md"]] == []


@pytest.mark.parametrize(
    ("paper", "most"), [("ARCHITECTURE.md", 250), ("GLOSSARY.md", 90), ("CONTRIBUTING.md", 100), ("SAFETY.md", 80)]
)
def test_papers_stay_short(paper: str, most: int) -> None:
    assert len((ROOT / paper).read_text("utf-8").splitlines()) <= most


LINK = re.compile(r"\]\(([^)\s]+)\)")


@pytest.mark.parametrize("path", PAPERS, ids=name_of)
def test_every_link_leads_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.S)
    targets = [one for one in LINK.findall(text) if "://" not in one and not one.startswith("#")]
    paths = [(path.parent / target.partition("#")[0]).resolve() for target in targets]
    assert [str(one) for one in paths if not one.exists() and MADE_LATER not in one.parents] == []


def test_pictures_that_are_shown_are_taken() -> None:
    script = ROOT / "tools/screenshots.py"
    shown = {Path(one) for path in PAPERS for one in LINK.findall(path.read_text("utf-8")) if "pictures/" in one}
    if not script.exists():
        pytest.skip("tools/screenshots.py is not here yet")
    taken = script.read_text("utf-8")
    awaited = [one for one in shown if not (MADE_LATER / one.name).exists()]
    assert [one for one in awaited if f'"{one.stem.partition("-")[0]}"' not in taken] == []


@pytest.mark.parametrize("path", PAPERS, ids=name_of)
def test_papers_name_no_machine(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"/home/\w|/root\b|/work/|/tmp/", text)
    assert str(ROOT) not in text


COMMANDS = re.compile(r"(?:`|\$ )make ([a-z-]+)\b")
PLACES = re.compile(r"`((?:src|tests|tools|docs|requirements)/[\w./-]+|[\w/]+/[\w]+\.(?:py|toml|md))`")
PROSE = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SAFETY.md", "SECURITY.md"]


@pytest.mark.parametrize("paper", PROSE)
def test_commands_and_files_that_are_named_exist(paper: str) -> None:
    text = (ROOT / paper).read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.M))
    code = " ".join(re.findall(r"`[^`]+`|^\$ .+$", text, flags=re.M))
    assert set(COMMANDS.findall(code)) - targets == set()
    verbs = set(re.findall(r"(?:`|\$ )kapstone ([a-z][a-z-]+)", text))
    assert verbs - set(_verbs()) == set()
    roots = [ROOT, ROOT / "src/kapstone", ROOT / "src/kapstone/clinic"]
    named = [one.partition("::")[0].rstrip("/") for one in PLACES.findall(text)]
    assert [one for one in named if not any((root / one).exists() for root in roots)] == []


def test_every_verb_and_every_room_is_in_the_papers() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [verb for verb in _verbs() if f"kapstone {verb}" not in readme] == []
    told = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    floors = [ROOT / "src/kapstone" / floor for floor in ("care", "clinic", "clinic/ground")]
    rooms = [one.name for floor in floors for one in floor.iterdir() if (one / "__init__.py").exists()]
    assert [room for room in rooms if room not in told] == []


DOORWAY = re.compile(r"`((?:care|clinic|ground|guide|evaluation|plan|session|integration|outcomes)\.[\w.]+)`")


def test_functions_that_the_architecture_names_exist() -> None:
    told = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    named = set(DOORWAY.findall(told)) - set(default_policy().lines)
    assert len(named) > 12
    assert [one for one in named if not exists(one)] == []


def exists(dotted: str) -> bool:
    """Whether a dotted name leads to something in one of the floors."""
    for floor in ("", "clinic.", "care."):
        module, _, name = f"kapstone.{floor}{dotted}".rpartition(".")
        folder = ROOT / "src" / module.replace(".", "/")
        for file in (folder / "__init__.py", folder.with_suffix(".py")):
            if file.exists() and re.search(rf"\b{name}\b", file.read_text("utf-8")):
                return True
    return False


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_every_file_of_the_program_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


RECORDS = sorted((ROOT / "docs/decisions").glob("0*.md"))


def test_decisions_count_up_and_are_listed() -> None:
    assert [int(path.name[:4]) for path in RECORDS] == list(range(1, len(RECORDS) + 1))
    listed = (ROOT / "docs/decisions/README.md").read_text("utf-8")
    assert [path.name for path in RECORDS if path.name not in listed] == []


@pytest.mark.parametrize("path", RECORDS, ids=name_of)
def test_a_decision_has_its_headings_and_fits_a_page(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith(f"# {path.name[:4]}. ")
    assert re.search(r"^Date: \d{4}-\d{2}-\d{2}\. Standing: ", text, flags=re.M)
    assert re.findall(r"^## (.+)$", text, flags=re.M) == ["Context", "Choice", "Given up"]
    assert len(text.splitlines()) <= 60


RECIPES = sorted((ROOT / "docs/contributors").glob("adding-*.md"))


@pytest.mark.parametrize("path", RECIPES, ids=name_of)
def test_a_recipe_has_at_most_four_steps_and_a_folder(path: Path) -> None:
    text = path.read_text("utf-8")
    assert 1 <= len(re.findall(r"^\d\. ", text, flags=re.M)) <= 4
    folder = re.search(r"^Folder: `(.+)`\.$", text, flags=re.M)
    assert folder
    assert (ROOT / folder[1]).is_dir()
    assert path.name in (ROOT / "CONTRIBUTING.md").read_text("utf-8")


BLOCK = re.compile(r"```console\n(\$ (?:printf|kapstone).*?)```", re.S)


def test_the_examples_of_the_readme_print_what_they_say(tmp_path: Path) -> None:
    for folder in ("docs", "tests"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    blocks = BLOCK.findall((ROOT / "README.md").read_text("utf-8"))
    assert len(blocks) == 6
    for block in blocks:
        lines = block.splitlines()
        typed = [line[2:] for line in lines if line.startswith("$ ")]
        shown = [line for line in lines if not line.startswith("$ ")]
        script = f'kapstone() {{ "{sys.executable}" -m kapstone.cli.main "$@"; }}\n' + "\n".join(typed)
        done = subprocess.run(
            ["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True
        )
        assert [line.rstrip() for line in done.stdout.splitlines()] == shown
