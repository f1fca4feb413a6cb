"""What this machine is told: the home folder, its `kapstone.toml`, its keys. Nothing here is a clinic's choice.

The home folder is `.kapstone` or `KAPSTONE_HOME`. Keys are files in `keys/`, outside the database, readable by their
owner alone, and backed up apart from it.
"""

import os
import secrets
import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

KNOWN = {"demo", "database", "hosts", "address", "mail"}


class BadSetting(Exception):
    """One sentence that names the setting and what would be right."""


@dataclass(frozen=True, slots=True)
class Machine:
    """The settings of one machine."""

    home: Path
    demo: bool
    database: str
    hosts: tuple[str, ...]
    address: str
    mail: str
    secret_key: str
    clinic_key: bytes


def home() -> Path:
    """The folder that holds this clinic's data."""
    return Path(os.environ.get("KAPSTONE_HOME", ".kapstone")).absolute()


def read() -> Machine:
    """Reads the home folder. BadSetting says what is missing or wrong."""
    folder = home()
    told = _toml(folder / "kapstone.toml")
    if unknown := set(told) - KNOWN:
        raise BadSetting(
            f"kapstone.toml: {sorted(unknown)[0]!r} is no setting; the settings are {', '.join(sorted(KNOWN))}."
        )
    demo = told.get("demo", False)
    if not isinstance(demo, bool):
        raise BadSetting("kapstone.toml: demo is true or false.")
    return Machine(
        home=folder,
        demo=demo,
        database=os.environ.get("KAPSTONE_DATABASE") or str(told.get("database", "")),
        hosts=_hosts(told.get("hosts", ["localhost", "127.0.0.1"])),
        address=str(told.get("address", "http://localhost:8765")),
        mail=str(told.get("mail", "")),
        secret_key=_key(folder / "keys" / "pages.key"),
        clinic_key=bytes.fromhex(_key(folder / "keys" / "clinic.key")),
    )


def make_home(folder: Path, *, demo: bool, address: str, database: str = "") -> None:
    """Makes the folder, its settings and its keys; leaves what is already there."""
    (folder / "keys").mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / "static").mkdir(exist_ok=True)
    settings = folder / "kapstone.toml"
    if not settings.exists():
        lines = [f"demo = {str(demo).lower()}", f'address = "{address}"']
        lines += [f'database = "{database}"'] if database else []
        settings.write_text("\n".join(lines) + "\n", "utf-8")
    for name in ("pages.key", "clinic.key"):
        key = folder / "keys" / name
        if not key.exists():
            key.touch(mode=0o600)
            key.write_text(secrets.token_hex(32), "ascii")


def database_settings(machine: Machine) -> dict[str, object]:
    """Django's DATABASES["default"]: SQLite in the home folder, or PostgreSQL where `database` names one."""
    if not machine.database:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": machine.home / "clinic.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;",
            },
        }
    parts = urlsplit(machine.database)
    if parts.scheme != "postgresql" or not parts.path.strip("/"):
        raise BadSetting(
            "database: give postgresql://user:password@host:port/name, or leave it out for SQLite in the home folder."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise BadSetting(f"{path} is missing; `kapstone demo` makes a demo clinic there.") from None
    except tomllib.TOMLDecodeError as problem:
        raise BadSetting(f"{path} is not readable TOML: {problem}.") from None


def _hosts(told: object) -> tuple[str, ...]:
    if not isinstance(told, list) or not told or "*" in told:
        raise BadSetting('kapstone.toml: hosts is a list of names, such as ["clinic.example"]; "*" is refused.')
    return tuple(str(name) for name in told)


def _key(path: Path) -> str:
    try:
        text = path.read_text("ascii").strip()
    except FileNotFoundError:
        raise BadSetting(f"The key {path} is missing; restore it from the backup of keys.") from None
    if len(text) != 64:
        raise BadSetting(f"The key {path} is damaged: it has {len(text)} characters, not 64.")
    return text
