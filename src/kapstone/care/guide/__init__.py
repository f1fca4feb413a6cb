"""What an honest public guide may say: claims in plain words, with a verb that the certainty allows."""

from .statements import HOME, Statement, statement

__all__ = ["HOME", "Statement", "statement"]
