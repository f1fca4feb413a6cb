"""What stands in a session, as the one who goes tells it to the one who comes."""

from kapstone.care.quantities import Instant, elapsed_min, plain
from kapstone.care.session import SIGNALS
from kapstone.care.session.slots import current
from kapstone.clinic.evaluation.queries import allergies
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.session.chairs.queries import who_is_it
from kapstone.clinic.session.queries import Seen
from kapstone.clinic.session.wording import name_of, room_words, short


def handover(act: Act, now: Seen) -> list[tuple[str, str]]:
    """What the one who goes tells the one who comes: each with its words, in the order in which it is read back."""
    state = now.state
    doses = [
        f"{plain(one.mg)} mg, begun {_ago(one.begun.at_device, act)}{', stopped' if one.stopped else ''}"
        for one in state.doses
    ]
    latest = [
        f"{SIGNALS[key].words.lower()} {short(one.judged)} ({_ago(one.at, act)})" for key, one in state.latest.items()
    ]
    open_ = [f"{one.level.word}: {one.what}" for one in state.watch.current()]
    medicines = [f"{one.payload['drug']} {one.payload['amount']} {one.payload['unit']}" for one in state.medicines]
    following = current(now.slots(act.at))
    return [
        ("Patient", who_is_it(act.clinic, now)),
        ("Allergies", allergies(act, now.session.patient) or "none recorded"),
        ("Answers for them now", name_of(state.owner) or "nobody yet"),
        ("Help", "a call for help runs" if state.helping else "not called"),
        ("Dose", f"{now.format.name}: {'; '.join(doses) or 'not begun'}; now {now.phase}"),
        ("Medicines given", ", ".join(medicines) or "none"),
        ("Newest values", ", ".join(latest) or "none"),
        ("Open reminders", " ".join(open_) or "none"),
        ("Next set", f"minute {following.minute}, {following.standing}" if following else "none"),
        ("Room", room_words(state.setting) or "not noted"),
    ]


def _ago(at: Instant, act: Act) -> str:
    return f"{max(int(elapsed_min(at, act.at)), 0)} min ago"
