"""`kapstone verify-ledger` finds what was tampered with; `kapstone demo` leaves a real clinic alone."""

import json
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from kapstone.care.quantities import Instant
from kapstone.cli.answer import BAD_INPUT, DONE, REFUSED
from kapstone.cli.main import main
from kapstone.cli.verbs.verify_ledger import verified
from kapstone.clinic.ground.ledger.models import LedgerRow
from kapstone.rehearsal import build

TUESDAY_NOON = Instant(datetime(2026, 11, 24, 17, 12, tzinfo=UTC))


def tamper(table: str, where: str) -> None:
    """Changes stored bytes as somebody with the database file could, past the guard."""
    with connection.cursor() as cursor:
        on = f" ON {table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {table}_no_update{on}")
        cursor.execute(f"SELECT id, stored FROM {table} WHERE {where}")
        key, stored = cursor.fetchone()
        cursor.execute(f"UPDATE {table} SET stored = %s WHERE id = %s", [bytes(stored) + b" ", key])


@pytest.fixture
def clinic(db: None) -> None:
    build(7, TUESDAY_NOON, patients=1)


def test_an_untouched_ledger_verifies(clinic: None) -> None:
    answer = verified()

    assert answer.exit_code == DONE
    assert answer.document["ok"] is True
    assert answer.document["first_bad"] is None
    assert answer.document["rows"] == LedgerRow.objects.count()


def test_a_changed_row_of_the_ledger_is_named(clinic: None) -> None:
    tamper("ledger_ledgerrow", "number = 12")
    answer = verified()

    assert answer.exit_code == REFUSED
    assert answer.document["ok"] is False
    assert str(answer.document["first_bad"]).endswith("row 12")


def test_a_changed_line_of_a_session_is_named(clinic: None) -> None:
    tamper("session_sessionevent", "position = 3 ORDER BY at_received LIMIT 1")
    answer = verified()

    assert answer.exit_code == REFUSED
    assert str(answer.document["first_bad"]).endswith("line 3")


def test_without_a_clinic_there_is_nothing_to_verify(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KAPSTONE_HOME", str(tmp_path))

    assert main(["verify-ledger"]) == BAD_INPUT
    assert "no clinic" in capsys.readouterr().err


def test_the_demo_is_never_built_over_a_real_clinic(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KAPSTONE_HOME", str(tmp_path))
    (tmp_path / "kapstone.toml").write_text("demo = false\n", "utf-8")

    assert main(["demo", "--no-serve", "--json"]) == REFUSED
    assert "real clinic" in json.loads(capsys.readouterr().out)["why"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["kapstone.toml"]


def test_a_taken_port_is_said_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KAPSTONE_HOME", str(tmp_path / "new"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert main(["demo", "--port", str(port)]) == BAD_INPUT
    assert str(port) in capsys.readouterr().err
    assert not (tmp_path / "new").exists()
