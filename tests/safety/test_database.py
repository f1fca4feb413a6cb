"""A database that could lose what was saved is told apart from one that does not."""

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import ConnectionHandler
from django.db.backends.sqlite3.base import Database

from kapstone.clinic.config import sqlite
from kapstone.clinic.config.machine import Machine, database_settings


def opened(folder: Path, **options: object) -> Any:
    """A file of SQLite opened as the program opens it, with some options changed."""
    machine = Machine(folder, True, "", ("localhost",), "http://localhost", "", "s", b"k")
    settings = database_settings(machine)
    settings["OPTIONS"] = {**settings["OPTIONS"], **options}  # type: ignore[dict-item]
    connection = ConnectionHandler({"default": settings})["default"]
    connection.inc_thread_sharing()
    return connection


@pytest.mark.mitigates("M-060")
@pytest.mark.django_db
def test_our_own_settings_are_safe(tmp_path: Path) -> None:
    connection = opened(tmp_path)
    try:
        assert sqlite.unsafe(connection) == []
    finally:
        connection.close()


UNSAFE = [
    ({"init_command": "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON"}, "WAL"),
    ({"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON"}, "FULL"),
    ({"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL"}, "recursive_triggers"),
    ({"transaction_mode": "DEFERRED"}, "IMMEDIATE"),
]


@pytest.mark.mitigates("M-061")
@pytest.mark.django_db
@pytest.mark.parametrize(("options", "named"), UNSAFE, ids=[named for _, named in UNSAFE])
def test_each_unsafe_setting_is_named(tmp_path: Path, options: dict[str, object], named: str) -> None:
    connection = opened(tmp_path, **options)
    try:
        (found,) = sqlite.unsafe(connection)
        assert named in found
    finally:
        connection.close()


@pytest.mark.mitigates("M-061")
@pytest.mark.django_db
@pytest.mark.parametrize(("version", "safe"), [((3, 40, 1), False), ((3, 51, 2), False), ((3, 51, 3), True)])
def test_an_sqlite_with_the_fault_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...], safe: bool
) -> None:
    connection = opened(tmp_path)
    monkeypatch.setattr(Database, "sqlite_version_info", version)
    try:
        assert (sqlite.unsafe(connection) == []) is safe
    finally:
        connection.close()


@pytest.mark.mitigates("M-061")
@pytest.mark.django_db
def test_the_server_does_not_start_on_a_database_that_can_lose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "unsafe", lambda connection: ["SQLite: synchronous must be FULL; it is 1."])
    monkeypatch.delitem(sys.modules, "kapstone.clinic.config.wsgi", raising=False)
    with pytest.raises(SystemExit, match=r"does not start\. SQLite: synchronous must be FULL"):
        importlib.import_module("kapstone.clinic.config.wsgi")
