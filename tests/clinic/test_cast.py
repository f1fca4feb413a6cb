"""The cast's whole course goes through every room, and the ledger and the record hold."""

from tests.cast import Cast

from kapstone.clinic.ground.ledger.queries import verify
from kapstone.clinic.session.queries import broken_records


def test_it_works(everybody: Cast) -> None:
    found = verify()
    assert found.first_bad is None
    assert found.rows > 60
    assert broken_records() == []
