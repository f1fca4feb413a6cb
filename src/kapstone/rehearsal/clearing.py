"""The tests of an invented patient: asked for by a nurse, entered with a paper, read by the prescriber.

Everything is drawn from a source of its own, so that the rest of the demo stays as it is.
"""

from collections.abc import Generator
from datetime import timedelta
from random import Random
from uuid import UUID

from kapstone.care.quantities import Instant, minutes
from kapstone.clinic.evaluation.actions import ask_for_test, read_test, receive_result
from kapstone.clinic.evaluation.documents.actions import Upload
from kapstone.clinic.ground.people.queries import age_on

from .days import Process
from .world import Case, World

EVERYBODY = ("urine", "liver", "pressures", "pdmp")
NAMES = {"urine": "urine-screen", "liver": "liver-panel", "ecg": "ecg"}
NOTES = {
    "ecg": "Sinus rhythm, no ischaemia.",
    "urine": "Sample taken in the clinic.",
    "pressures": "Home readings, arm cuff.",
    "pdmp": "Asked for two years back.",
}
SOME_MORE = 0.4
RESULTS_IN = 30
"""The visit for the tests is so many minutes before the prescriber sits down with them."""


def cleared(world: World, case: Case, at: Instant) -> Generator[Instant, None, None]:
    """Asked for at the visit, entered within minutes, and read by the prescriber before the evaluation."""
    rng = _chance(case)
    waiting = []
    for number, test in enumerate(_tests(world, case, at, rng)):
        asked = Instant(at - minutes(RESULTS_IN - number))
        yield asked
        ask_for_test(world.by(case.nurse, asked), case.id, test, due_on=world.days.date_of(asked))
        entered = Instant(asked + timedelta(seconds=40))
        yield entered
        waiting.append(_enter(world, case, test, entered, rng))
    for number, step in enumerate(waiting):
        read = Instant(at - minutes(len(waiting) + 1 - number))
        yield read
        read_test(world.by("prescriber", read), case.id, step, verdict="clear")


def half_cleared(world: World, case: Case, sent: Instant) -> Process:
    """Somebody who waits for a decision: one result waits to be read, one test is asked for and overdue."""
    rng = _chance(case)
    at = world.days.working(sent, 1, rng)
    yield at
    ask_for_test(world.by(case.nurse, at), case.id, "liver", due_on=world.days.date_of(at) + timedelta(days=3))
    at = Instant(at + minutes(4))
    yield at
    _enter(world, case, "ecg", at, rng)
    at = Instant(at + minutes(3))
    yield at
    step = _enter(world, case, "pressures", at, rng)
    at = Instant(at + minutes(50))
    yield at
    read_test(world.by("prescriber", at), case.id, step, verdict="clear")


def _chance(case: Case) -> Random:
    return Random(f"kapstone/rehearsal/tests/{case.name}")


def _tests(world: World, case: Case, at: Instant, rng: Random) -> tuple[str, ...]:
    """Those of everybody, and an ECG for those whose age asks for one and for some others."""
    years = age_on(case.birth_date, world.days.date_of(at))
    asked = years > world.policy.number("evaluation.heart.ecg_over_age_years") or rng.random() < SOME_MORE
    return (*EVERYBODY, "ecg") if asked else EVERYBODY


def _enter(world: World, case: Case, test: str, at: Instant, rng: Random) -> UUID:
    values, said = _values(world, test, at, rng)
    day = world.days.date_of(at) - timedelta(days=rng.randint(1, 4) if test == "liver" else 0)
    name = NAMES.get(test)
    paper = Upload(f"{name}.pdf", pdf([f"{name}: {said}", f"{day}", "Invented, for the demo."])) if name else None
    entered = receive_result(
        world.by(case.nurse, at),
        case.id,
        test,
        values=values,
        taken_on=day,
        note=NOTES.get(test, ""),
        upload=paper,
    )
    return entered.id


def _values(world: World, test: str, at: Instant, rng: Random) -> tuple[dict[str, object], str]:
    """What the paper says, and the same in a line."""
    if test == "ecg":
        qtc = rng.randint(396, 438)
        return {"qtc_ms": qtc}, f"QTc {qtc} ms"
    if test == "liver":
        uppers = {"alt": 45, "ast": 40, "alp": 120, "ggt": 55}
        values: dict[str, object] = {f"{name}_upper": upper for name, upper in uppers.items()}
        values |= {name: upper * rng.randint(40, 90) // 100 for name, upper in uppers.items()}
        return values | {
            "bilirubin": f"0.{rng.randint(3, 9)}",
            "bilirubin_upper": "1.2",
        }, "within the laboratory's limits"
    if test == "pressures":
        days = [world.days.date_of(at) - timedelta(days=back) for back in (3, 2, 1)]
        moments = [world.days.at(day, 8, rng.randrange(60)) for day in days]
        series = [[each.isoformat(), rng.randint(112, 136), rng.randint(70, 86)] for each in moments]
        return {"readings": series}, ""
    return ({"finding": "as_told"} if test == "pdmp" else {"result": "negative"}), "negative"


def pdf(lines: list[str]) -> bytes:
    """A paper of a few lines as a small PDF."""
    shown = "".join(f"({line.translate(str.maketrans('', '', '()'))}) Tj 0 -24 Td " for line in lines)
    text = f"BT /F1 16 Tf 72 760 Td {shown}ET".encode("latin-1", "replace")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 5\n0000000000 65535 f \n" + table
    return body + head + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
