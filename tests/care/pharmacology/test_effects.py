"""Effects: only links with a source, only from the blood they were made on, and never relief of depression."""

import numpy as np
import pytest

from kapstone.care.evidence import claim
from kapstone.care.pharmacology import EFFECTS, Basis, Drug, Person, devices, dose, forecast
from kapstone.care.pharmacology.effects.effect_site import at_effect_site

ADULT = Person(70, 45)
IV = dose(Drug.KETAMINE, Basis.BASE, "iv", 35, 40)
SPRAY = devices(Drug.ESKETAMINE, Basis.BASE, "in-esketamine", 3, 28, 5)


@pytest.mark.mitigates("M-105")
def test_every_effect_names_a_claim_that_says_how_it_is_known():
    assert set(EFFECTS) == {"dissociation", "receptor_occupancy", "sedation", "systolic_rise", "unusual_experience"}
    for one in EFFECTS.values():
        assert claim(one.claim).standing in ("derived", "assumed", "secondary", "known", "found")
        assert not {"depress", "relief", "response"} & set(one.title.lower().split())


def test_all_effects_of_an_infusion_and_where_each_was_taken_from():
    found = forecast(ADULT, IV).effects
    assert {id: one.site for id, one in found.items()} == {
        "systolic_rise": "arterial",
        "receptor_occupancy": "arterial",
        "dissociation": "venous",
        "sedation": "venous",
        "unusual_experience": "venous",
    }


def test_what_cannot_be_said_says_why():
    missing = forecast(ADULT, SPRAY).without_effects
    assert missing == {"unusual_experience": "The link was made on racemic ketamine."}
    muscle = forecast(ADULT, dose(Drug.KETAMINE, Basis.BASE, "im", 35, 0)).without_effects
    assert muscle["dissociation"] == "The link was made on venous concentrations; these are unknown."


def test_at_anaesthetic_concentrations_no_effect_is_forecast():
    found = forecast(ADULT, dose(Drug.KETAMINE, Basis.BASE, "iv", 140, 1))
    assert found.effects == {}
    assert set(found.without_effects) == set(EFFECTS)
    assert "passes 1000 ng/mL" in found.without_effects["systolic_rise"]


def test_every_effect_has_width():
    for one in forecast(ADULT, IV).effects.values():
        top = int(np.argmax(one.band.typical)) if one.over_time else ()
        assert one.band.p95[top] > 1.2 * one.band.p5[top], one.id


def test_shares_stay_between_none_and_all():
    for mg in (7, 35, 105):
        found = forecast(ADULT, dose(Drug.KETAMINE, Basis.BASE, "iv", mg, 40)).effects
        for id in ("dissociation", "sedation"):
            assert 0 <= found[id].band.p5 <= found[id].band.p95 <= 1
        assert found["receptor_occupancy"].band.p95.max() < 100
        assert found["unusual_experience"].band.p95.max() <= 100


def test_the_effect_site_follows_a_steady_concentration_by_its_half_time():
    times = np.arange(0.0, 60.0)
    lagged = at_effect_site(times, np.full((60, 1), 100.0), np.array([10.0]))[:, 0]
    assert lagged == pytest.approx(100 * (1 - 0.5 ** (times / 10)))


def test_the_effect_site_is_exact_for_a_straight_rise_on_an_uneven_grid():
    times = np.array([0, 1, 2, 2.5, 4, 4.25, 7, 9, 9.1, 15.0])
    rate = np.log(2) / 3
    wanted = times - (1 - np.exp(-rate * times)) / rate
    assert at_effect_site(times, times[:, None] * 1.0, np.array([3.0]))[:, 0] == pytest.approx(wanted)


@pytest.mark.mitigates("M-105")
def test_there_is_no_dose_finder_and_no_target():
    import kapstone.care.pharmacology as room

    words = " ".join([*room.__all__, *dir(room)]).lower()
    assert not [
        word for word in ("recommend", "target", "optimal", "inverse", "safe_dose", "find_dose") if word in words
    ]
