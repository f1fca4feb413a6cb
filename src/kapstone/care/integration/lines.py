"""Reads this room's policy lines, and the default where a clinic signed its policy before a line existed.

For a dose a missing line must refuse. Here silence would be the harm: somebody is told by the default.
"""

from decimal import Decimal

from kapstone.care.evidence import Policy, default_policy


def number(policy: Policy, name: str) -> Decimal:
    """The number of `integration.<name>`."""
    key = f"integration.{name}"
    return (policy if key in policy.lines else default_policy()).number(key)
