"""How to get into the demo clinic, said for people and for programs. `mark` is what the build left in the home."""

from collections.abc import Mapping
from typing import Any


def document(mark: Mapping[str, Any], url: str) -> dict[str, object]:
    """What `kapstone demo --no-serve --json` prints."""
    accounts = [
        {"role": one["role"], "login": one["login"], "how": _how(one["role"], url)} for one in mark["accounts"]
    ]
    return {"url": url, "accounts": accounts, "patients": mark["patients"], "sessions": mark["sessions"]}


def _how(role: str, url: str) -> str:
    from kapstone.rehearsal.build import PASSWORD

    if role == "patient":
        return f"ask for a link at {url}/link/ and open it at {url}/demo/mail/, or the button on {url}/demo/"
    return f"password: {PASSWORD} at {url}/accounts/login/, or the button on {url}/demo/"


def text(mark: Mapping[str, Any], url: str) -> str:
    """The same as a table for people."""
    staff = [one for one in mark["accounts"] if one["role"] != "patient"]
    patients = [one for one in mark["accounts"] if one["role"] == "patient"]
    lines = [
        f"Elm Harbor Clinic (demo): {url}",
        f"{mark['patients']} invented patients, {mark['sessions']} sessions. Everyone has a button at {url}/demo/",
        "",
        f"Staff: {_how('staff', url)}",
        *(_row(one["role"].replace("_", " "), one) for one in staff),
        "",
        f"Patients: {_how('patient', url)}",
        *(_row(one["where"], one) for one in patients),
    ]
    return "\n".join(lines)


def _row(what: str, one: Mapping[str, Any]) -> str:
    return f"  {what:<24} {one['name']:<22} {one['login']}"
