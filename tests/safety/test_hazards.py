"""The hazards' pages and the tests' marks stand by each other."""

from tests.safety.plugin import hazards, marked_tests, problems


def test_every_mitigation_has_its_evidence_and_every_mark_its_page() -> None:
    assert problems(hazards(), marked_tests()) == []


def test_there_is_something_to_check() -> None:
    assert len(hazards()) >= 14
    assert sum(len(page.mitigations) for page in hazards()) >= 40
