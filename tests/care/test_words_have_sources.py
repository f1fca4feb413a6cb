"""What the public and the patient are told stands on claims of the library."""

from kapstone.care.evidence import claims
from kapstone.care.guide import HOME, statement


def test_every_statement_of_the_first_page_is_a_claim() -> None:
    for slugs in HOME.values():
        for slug in slugs:
            assert statement(slug).sure


def test_harms_have_the_same_place_as_benefits() -> None:
    assert len(HOME["harms"]) >= len(HOME["benefits"])


def test_a_claim_that_was_read_has_a_date_and_an_address_or_says_why_not() -> None:
    for claim in claims().values():
        assert claim.review_by
        if claim.standing == "found":
            assert claim.read_on, claim.slug


def test_every_field_of_an_intake_has_words_of_its_own() -> None:
    from kapstone.care.evaluation import asks

    words = [ask.words for ask in asks().values()]
    assert all(words)
    assert len(set(words)) == len(words)
