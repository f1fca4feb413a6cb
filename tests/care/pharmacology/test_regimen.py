"""A dose as entered: base or salt, devices, a stop, another rate; and what is no dose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapstone.care.pharmacology import Basis, Drug, devices, dose
from kapstone.care.pharmacology.regimen import Given

SALT = [(32.3, 28), (57.7, 50)]


@pytest.mark.mitigates("M-109")
@pytest.mark.parametrize(("salt_mg", "base_mg"), SALT)
def test_the_labels_pairs_of_salt_and_base(salt_mg, base_mg):
    found = dose(Drug.ESKETAMINE, Basis.HYDROCHLORIDE, "iv", salt_mg, 0)
    assert found.mg == pytest.approx(base_mg, abs=0.05)
    assert dose(Drug.ESKETAMINE, Basis.BASE, "iv", base_mg, 0).mg == base_mg


def test_a_stop_keeps_what_was_given_and_nothing_after():
    infused = dose(Drug.KETAMINE, Basis.BASE, "iv", 40, 40).stopped(10)
    assert (infused.mg, infused.ends_min) == (10, 10)
    sprays = devices(Drug.ESKETAMINE, Basis.BASE, "in-esketamine", 3, 28, 5).stopped(7)
    assert (sprays.mg, len(sprays.parts)) == (56, 2)
    with pytest.raises(ValueError, match="at least one part"):
        dose(Drug.KETAMINE, Basis.BASE, "iv", 40, 40).stopped(0)


def test_another_rate_from_a_minute_on():
    found = dose(Drug.KETAMINE, Basis.BASE, "iv", 40, 40).changed(20, 0.5)
    assert [(one.at_min, one.mg, one.over_min) for one in found.parts] == [(0, 20, 20), (20, 10, 20)]
    assert dose(Drug.KETAMINE, Basis.BASE, "im", 40, 0).changed(20, 0.5).mg == 40


@given(st.floats(1, 200), st.floats(1, 120), st.floats(0.1, 0.9))
def test_a_change_to_the_same_rate_changes_no_milligram(mg, over, share):
    plain = dose(Drug.KETAMINE, Basis.BASE, "iv", mg, over)
    assert plain.changed(over * share, mg / over).mg == pytest.approx(mg)
    assert plain.stopped(over * share).mg == pytest.approx(mg * share)


@pytest.mark.parametrize("wrong", [{"mg": 0}, {"mg": -1}, {"mg": 5, "over_min": -1}, {"mg": 5, "device": 0}])
def test_what_is_no_dose_is_refused(wrong):
    with pytest.raises(ValueError, match="is none"):
        Given(at_min=0, **wrong)
