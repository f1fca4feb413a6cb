"""The release itself is refused while anything is unmet."""

from collections.abc import Callable

import pytest

from kapstone.care.quantities import Instant
from kapstone.care.session import MET, NOT_YET, OBSERVED, Phase
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.session import actions as session
from kapstone.clinic.session.actions import Reading
from kapstone.clinic.session.queries import session_of
from tests import cast
from tests.cast import House


@pytest.mark.mitigates("M-029")
def test_release_is_refused_while_anything_is_unmet(elm: House, later: Callable[[float], Instant]) -> None:
    here = cast.dosing(elm, "ana").ids["session_id"]

    def nurse(minute: float) -> Act:
        return elm.act(Role.NURSE, later(minute))

    session.end_dose(nurse(40), here)
    with pytest.raises(Refused) as all_of_it:
        session.release_patient(nurse(41), here)
    for words in ("more minutes of observation", "No usable breaths", *OBSERVED.values()):
        assert words in str(all_of_it.value)
    taken = [Reading(cast.values(128, 78), later(minute)) for minute in (10, 20, 30, 40, 55, 70, 85, 101)]
    session.record(nurse(101), here, taken)
    for what in OBSERVED:
        session.observe(nurse(102), here, what, NOT_YET if what == "way_home" else MET, "her sister has not come")
    with pytest.raises(Refused, match=r"Not ready to leave\. Way home arranged: not yet\.$"):
        session.release_patient(nurse(103), here)
    assert session_of(nurse(103), here).phase is Phase.OBSERVING
    session.observe(nurse(104), here, "way_home", MET, "her sister is here")
    session.release_patient(nurse(104), here)
    assert session_of(nurse(104), here).phase is Phase.RELEASED
