"""One look at a page is one row of the ledger, however often the page redraws itself.

A page that redraws itself every few seconds is one page opened, not hundreds. It says so in a header, which counts
only where the same person opened the same page in the same browser a short while before.
"""

from datetime import timedelta

from kapstone.clinic.ground.people.pages import ActRequest

ONE_LOOK = timedelta(minutes=15)
"""A page that is open for longer is written down again."""


def is_again(request: ActRequest, page: str) -> bool:
    """Whether this is the same look as a moment ago, redrawn; remembers a new one."""
    known = request.session.get("looks", {})
    now = request.act.at.timestamp()
    if request.headers.get("X-Fresh") and now - known.get(page, 0) < ONE_LOOK.total_seconds():
        return True
    recent = {name: at for name, at in known.items() if now - at < ONE_LOOK.total_seconds()}
    request.session["looks"] = {**recent, page: now}
    return False
