"""The operator's first page shows what the commands print today."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/operators/first-run.md"
DATA = ROOT.parent / "shared/data"


def test_the_first_run_page_is_what_the_commands_print(tmp_path: Path) -> None:
    if not DATA.is_dir():
        pytest.skip("../shared/data is not here, so the commands of the page cannot be run")
    written = tmp_path / "first-run.md"
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools/first_run.py"), str(written)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert written.read_text("utf-8") == PAGE.read_text("utf-8"), "run tools/first_run.py and look at what changed"


def test_the_page_names_no_machine() -> None:
    text = PAGE.read_text("utf-8")
    assert str(ROOT) not in text
    assert "/home/" not in text
    assert "://" not in text
