"""`kapstone bench`: figures beside a named peer, refusals in one sentence, and a page that holds them."""

import json
from pathlib import Path

import pytest

from kapstone.cli.benches import benches
from kapstone.cli.benches.timing import Result, against
from kapstone.cli.main import main


def test_the_evaluation_stands_beside_the_engine(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page = tmp_path / "bench.md"
    code = main(["bench", "evaluation", "--seconds", "0.1", "--page", str(page), "--json"])
    document = json.loads(capsys.readouterr().out)
    names = [one["name"] for one in document["results"]]
    assert names == ["questionnaire responses scored", "intakes read and judged"]
    assert code == (0 if all(one["ratio"] >= one["limit"] for one in document["results"]) else 1)
    for one in document["results"]:
        assert one["ratio"] == pytest.approx(one["ours"] / one["peer"], rel=0.05)
        assert one["name"] in page.read_text("utf-8")
    assert document["machine"] in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (["bench", "nothing"], "area is 'nothing'; give bookings, evaluation, pharmacology"),
        (["bench", "evaluation", "--seconds", "0"], "give more than 0"),
    ],
)
def test_bad_input_is_a_sentence(capsys: pytest.CaptureFixture[str], typed: list[str], sentence: str) -> None:
    assert main(typed) == 2
    assert sentence in capsys.readouterr().err


def test_a_goal_that_is_missed_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    slow = Result("walking", "a car", ours=5, peer=100, limit=1)
    monkeypatch.setattr("kapstone.cli.benches.benches", lambda: {"walking": lambda seconds: [slow]})
    assert main(["bench", "walking"]) == 1
    assert "MISSED: the goal is 1" in capsys.readouterr().out


def test_a_third_of_the_time_is_three_times_as_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("kapstone.cli.benches.timing.time.process_time", lambda: clock[0])

    def work(seconds: float) -> int:
        clock[0] += seconds
        return 1

    result = against("once", lambda: work(0.01), "thrice", lambda: work(0.03), 1.0, 7)
    assert result.ratio == pytest.approx(3, rel=0.05)
    assert result.ours == pytest.approx(100, rel=0.05)
    assert result.met
    assert "evaluation" in benches()


def test_pharmacology_skips_by_name_who_is_not_installed_and_counts_the_rest(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from kapstone.cli.benches import pharmacology

    monkeypatch.setattr(pharmacology, "PEOPLE", 400)
    page = tmp_path / "bench.md"
    main(["bench", "pharmacology", "--seconds", "0.05", "--page", str(page), "--json"])
    document = json.loads(capsys.readouterr().out)
    peers = {one["peer_name"] for one in (*document["results"], *document["skipped"])}
    for name in ("numbalsoda LSODA", "libroadrunner CVODE", "openpkflow closed form, parent alone"):
        assert name in peers
        assert name in page.read_text("utf-8")
    forecasts = [one for one in document["results"] if one["name"].startswith("forecast of one person")]
    assert len(forecasts) == 2
    assert all(one["peer"] == 50 and one["unit"] == "forecasts per second" for one in forecasts)


def test_a_peer_that_says_something_else_is_not_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    from types import ModuleType

    from kapstone.care.pharmacology.linear import solve
    from kapstone.cli.benches import pharmacology
    from kapstone.cli.benches.peers.problem import problem

    wrong = ModuleType("wrong")
    wrong.NAME, wrong.GENERAL = "wrong", True  # type: ignore[attr-defined]
    wrong.solver = lambda asked: lambda: solve(asked.system, asked.times_h) * 1.0001  # type: ignore[attr-defined]
    monkeypatch.setattr(pharmacology.importlib, "import_module", lambda name: wrong)
    with pytest.raises(AssertionError, match="wrong is off by"):
        pharmacology._peers(problem(10))
