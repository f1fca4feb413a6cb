"""Names the rules as they are: a digest over the text of every rule, frozen with each decision."""

import hashlib
from functools import cache
from importlib import resources


@cache
def rules_version() -> str:
    """SHA-256 over every file of the rules, in the order of their names."""
    folder = resources.files(f"{__package__}.rules")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".py")), key=lambda file: file.name)
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
