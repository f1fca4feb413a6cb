"""What stands in a session, as the one who goes tells it to the one who comes."""

from kapstone.care.quantities import elapsed_min
from kapstone.care.session import SIGNALS
from kapstone.care.session.slots import current
from kapstone.clinic.evaluation.queries import allergies
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.session.chairs.queries import who_is_it
from kapstone.clinic.session.queries import Seen
from kapstone.clinic.session.wording import name_of, room_words, short


def handover(act: Act, now: Seen) -> list[tuple[str, str]]:
    """What the one who goes tells the one who comes: each with its words, in the order in which it is read back."""
    state, since = now.state, now.state.clock_zero
    begun = f"{state.dose.get('mg', '?')} mg, begun {int(elapsed_min(since, act.at))} min ago" if since else ""
    latest = [f"{SIGNALS[key].words.lower()} {short(one.judged)}" for key, one in state.latest.items()]
    open_ = [f"{one.level.word}: {one.what}" for one in state.watch.current()]
    medicines = [f"{one.payload['drug']} {one.payload['amount']} {one.payload['unit']}" for one in state.medicines]
    following = current(now.slots(act.at))
    return [
        ("Patient", who_is_it(act.clinic, now)),
        ("Allergies", allergies(act, now.session.patient) or "none recorded"),
        ("Answers for them now", name_of(state.owner) or "nobody yet"),
        ("Dose", f"{now.format.name}, {begun or 'not begun'}; {'stopped' if state.stopped else now.phase}"),
        ("Medicines given", ", ".join(medicines) or "none"),
        ("Newest values", ", ".join(latest) or "none"),
        ("Open reminders", " ".join(open_) or "none"),
        ("Next set", f"minute {following.minute}, {following.standing}" if following else "none"),
        ("Room", room_words(state.setting) or "not noted"),
    ]
