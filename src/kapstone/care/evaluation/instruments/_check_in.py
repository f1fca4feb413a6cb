"""What Kapstone's own check-ins share: 0 to 10, no bands, no claim of meaning, free of any licence."""

from .questionnaire import Instrument, Option, own_items

TEN = (
    Option(0, "0, not at all"),
    *(Option(value, str(value)) for value in range(1, 10)),
    Option(10, "10, completely"),
)
NOTICE = "Written for Kapstone and given to everyone under CC0 1.0. Not validated: a total has no known meaning."


def check_in(
    id: str, title: str, recall: str, stem: str, texts: tuple[str, ...], sha256: str, occasions: tuple[str, ...]
) -> Instrument:
    """One of our own check-ins. Its title says on every page that it is not validated."""
    return Instrument(
        id=id,
        title=f"{title} (not validated)",
        version="1",
        recall=recall,
        stem=stem,
        items=own_items(id, texts),
        options=TEN,
        bands=(),
        notice=NOTICE,
        items_sha256=sha256,
        source="check-ins-not-validated",
        validated=False,
        occasions=occasions,
    )
