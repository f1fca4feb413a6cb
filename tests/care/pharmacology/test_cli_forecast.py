"""`kapstone forecast` and `kapstone population` from the command line: their fields and clear refusals."""

import json
from typing import Any

import pytest

from kapstone.cli.main import main

IV = ["--format", "iv", "--mg-per-kg", "0.5", "--over-min", "40", "--weight-kg", "70"]
SPRAY = ["--format", "in-esketamine", "--mg", "84", "--weight-kg", "70"]


def document(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> dict[str, Any]:
    assert main([*argv, "--json"]) == code
    out, err = capsys.readouterr()
    assert err == ""
    found: dict[str, Any] = json.loads(out)
    return found


def refused(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    assert main(list(argv)) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1
    return err


def test_the_fields_of_the_contract(capsys):
    found = document(capsys, "forecast", *IV, "--age", "45")
    assert {"model", "version", "inputs", "units", "time_min", "series", "summary", "warnings"} <= set(found)
    assert found["time_min"] == list(range(241))
    for name in ("ketamine_ng_per_ml", "norketamine_ng_per_ml"):
        assert {"typical", "p5", "p50", "p95"} <= set(found["series"][name])
        assert len(found["series"][name]["p95"]) == 241
    assert found["summary"]["analyte"] == "ketamine"
    for name in ("cmax_ng_per_ml", "tmax_min", "auc_0_inf_ng_h_per_ml", "half_life_h"):
        assert {"typical", "p5", "p50", "p95"} <= set(found["summary"][name])
    assert (found["inputs"]["mg_base"], found["inputs"]["mg_per_kg"]) == (35, 0.5)
    assert found["summary"]["cmax_ng_per_ml"]["typical"] == pytest.approx(253, rel=0.01)


def test_esketamine_has_its_own_names_and_the_printed_peak(capsys):
    found = document(capsys, "forecast", *SPRAY, "--covariate", "ancestry=other")
    assert set(found["series"]) == {"esketamine_ng_per_ml", "noresketamine_ng_per_ml"}
    assert found["summary"]["cmax_ng_per_ml"]["typical"] == pytest.approx(101, rel=0.01)
    assert not [one for one in found["warnings"] if "ancestry" in one]


def test_another_substance_and_another_model(capsys):
    found = document(capsys, "forecast", *IV, "--analyte", "norketamine")
    assert found["summary"]["analyte"] == "norketamine"
    other = document(capsys, "forecast", *IV, "--model", "clements-1981")
    assert other["model"] == "clements-1981"
    assert other["series"]["ketamine_ng_per_ml"]["site"] == "venous"
    esketamine = document(capsys, "forecast", *IV, "--model", "simons-2022")
    assert "esketamine_ng_per_ml" in esketamine["series"]
    assert "the dose is taken as esketamine" in esketamine["warnings"][0]


def test_salt_is_turned_to_base_and_echoed(capsys):
    said = ["--format", "im", "--weight-kg", "70", "--mg", "40", "--salt", "hydrochloride"]
    assert document(capsys, "forecast", *said)["inputs"]["mg_base"] == pytest.approx(34.68, abs=0.01)


def test_a_model_that_must_not_be_used_is_a_refusal_and_not_bad_input(capsys):
    found = document(capsys, "forecast", *IV, "--age", "17", code=1)
    assert "no forecast outside 18 to 86 years" in found["refused"]


BAD = [
    (["--format", "iv", "--mg", "35", "--weight-kg", "70"], "--over-min is missing"),
    (["--format", "iv", "--over-min", "40", "--weight-kg", "70"], "give --mg or --mg-per-kg, one of the two"),
    ([*IV, "--mg", "35"], "give --mg or --mg-per-kg, one of the two"),
    (
        ["--format", "iv", "--mg", "nan", "--over-min", "40", "--weight-kg", "70"],
        "--mg is nan; give a number above 0",
    ),
    (["--format", "iv", "--mg", "-3", "--over-min", "40", "--weight-kg", "70"], "--mg is -3; give a number above 0"),
    (["--format", "im", "--mg", "35", "--over-min", "40", "--weight-kg", "70"], "by im a dose is given at once"),
    (["--format", "iv", "--mg", "35", "--over-min", "40", "--weight-kg", "0"], "--weight-kg is 0; give 1 to 500"),
    (["--format", "in-esketamine", "--mg", "70", "--weight-kg", "70"], "The spray gives 28 mg of base a device"),
    ([*IV, "--covariate", "ancestry"], "write NAME=VALUE"),
    ([*IV, "--model", "herd"], "--model is “herd”; there are ashraf-2018"),
    ([*IV, "--analyte", "hope"], "--analyte is “hope”; Kamp 2020 forecasts ketamine, norketamine"),
    ([*IV, "--draws", "3"], "--draws is 3; give 20 to 100000"),
    ([*IV, "--step-min", "0"], "--step-min is 0; give 0.05 to 240"),
    ([*IV, "--stop-at-min", "0"], "--stop-at-min is 0; give more than 0"),
    ([*IV, "--stop-at-min", "nan"], "--stop-at-min is nan"),
    (["--format", "im", "--mg", "35", "--weight-kg", "70", "--stop-at-min", "3"], "by im a dose is in at once"),
    ([*SPRAY, "--over-min", "40"], "the spray's devices are given at once"),
    (
        ["--format", "in-esketamine", "--mg", "0.0000001", "--weight-kg", "70"],
        "The spray gives 28 mg of base a device",
    ),
    ([*IV, "--seed", "99999999999999999999999"], "--seed is 99999999999999999999999; give 0 to"),
    ([*IV, "--seed", "-1"], "--seed is -1"),
    ([*IV, "--model", "otto-2021", "--drug", "ketamine"], "is a model of esketamine; choose another model"),
    ([*SPRAY, "--drug", "ketamine"], "the format in-esketamine gives esketamine"),
]


@pytest.mark.parametrize(("argv", "says"), BAD, ids=[one[1] for one in BAD])
def test_bad_input_is_one_sentence(capsys, argv, says):
    assert says in refused(capsys, "forecast", *argv)


def test_the_text_shows_bands_and_proposes_nothing(capsys):
    assert main(["forecast", *IV]) == 0
    out = capsys.readouterr().out
    assert "Forecast for a dose that you entered: 35 mg of ketamine (base), 0.5 mg/kg, by iv." in out
    assert "Clements 1981, venous: 5 to 95 %" in out
    assert "No dose is proposed and none is called safe." in out
    assert "Dissociation (CADSS above 4) at some time: at most 66 of 100 people" in out


def test_a_population_says_how_many_how_long_and_percentiles(capsys):
    found = document(capsys, "population", "--n", "5000", *IV)
    assert found["n"] == 5000 and found["seconds"] > 0
    assert {"ketamine", "norketamine"} == set(found["summary"])
    row = found["summary"]["ketamine"]["cmax_ng_per_ml"]
    assert row["p5"] < row["p50"] < row["p95"]
    again = document(capsys, "population", "--n", "5000", *IV, "--on", "threads")
    assert again["summary"] == found["summary"]


def test_a_population_says_what_it_is_of_and_what_is_not_in_it(capsys):
    said = ["--format", "sl", "--mg", "100", "--weight-kg", "70", "--age", "80", "--hepatic", "B"]
    found = document(capsys, "population", "--n", "100", *said)
    assert (found["composed"], found["outside_studied_range"]) == (True, True)
    assert found["sites"] == {"ketamine": "unknown"}
    assert found["version"] and found["source"] and found["standing"]
    assert any("Not in this population" in one and "Child-Pugh B" in one for one in found["warnings"])
    assert any("the age is 80 years" in one for one in found["warnings"])


@pytest.mark.parametrize("step", ["1", "4", "7", "13", "240"])
def test_a_population_tells_each_minute_as_it_is(capsys, step):
    """Whatever the step, minute 50 is minute 50 and the peak stands where the dose ends."""
    found = document(capsys, "population", "--n", "2000", *IV, "--step-min", step)["summary"]["ketamine"]
    exact = document(capsys, "population", "--n", "2000", *IV)["summary"]["ketamine"]
    for minute in ("10", "50", "240"):
        assert found["concentration_ng_per_ml_at_min"][minute] == exact["concentration_ng_per_ml_at_min"][minute]
    assert found["tmax_min"]["p50"] == pytest.approx(40, rel=0.01)


BAD_WORK = [
    (["--on", "threads", "--workers", "-1"], "--workers is -1; give 1 to 256"),
    (["--on", "cluster", "--scheduler", "rubbish"], "nobody answers at rubbish"),
    (["--seed", "18446744073709551614"], "--seed is"),
]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("more", "says"), BAD_WORK, ids=[one[1] for one in BAD_WORK])
def test_workers_who_are_not_there_are_bad_input(capsys, more, says):
    assert says in refused(capsys, "population", "--n", "10", *IV, *more)


def test_what_is_no_number_is_one_sentence_without_the_usage(capsys):
    with pytest.raises(SystemExit) as left:
        main(["forecast", *IV, "--age", "4,5"])
    assert left.value.code == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "'4,5'" in err


@pytest.mark.parametrize("n", ["0", "-1", "2000000000"])
def test_a_population_of_no_size_is_bad_input(capsys, n):
    assert "--n is" in refused(capsys, "population", "--n", n, *IV)


def test_a_cluster_without_an_address_is_bad_input(capsys):
    assert "--scheduler is missing" in refused(capsys, "population", "--n", "10", *IV, "--on", "cluster")
