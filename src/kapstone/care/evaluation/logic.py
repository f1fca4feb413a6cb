"""Three-valued logic after Kleene: yes, no, and not known, so that a blank answer is never read as a no."""

Known = bool | None


def and_(*terms: Known) -> Known:
    """No if any term is no; not known if any is not known; else yes."""
    if any(term is False for term in terms):
        return False
    return None if any(term is None for term in terms) else True


def or_(*terms: Known) -> Known:
    """Yes if any term is yes; not known if any is not known; else no."""
    if any(term is True for term in terms):
        return True
    return None if any(term is None for term in terms) else False


def not_(term: Known) -> Known:
    """The opposite; not known stays not known."""
    return None if term is None else not term
