"""Reminders are episodes: told at the start and at each rise, not once a minute, and never by a late line."""

import pytest
from tests.spec.session.records import Entry, baseline, moment, reading, state_of

SEEN = {"reminder": "high-systolic"}


def high(minute: float, sbp: float = 167) -> Entry:
    """A systolic pressure at the orange line."""
    return reading(minute, sbp=sbp)


@pytest.mark.mitigates("M-037")
def test_an_hour_of_the_same_is_one_episode_told_once() -> None:
    state = state_of(baseline(140), *(high(minute) for minute in range(60)))
    assert len(state.watch.episodes) == len(state.watch.told_at) == 1


@pytest.mark.mitigates("M-037")
def test_a_cuff_every_quarter_of_an_hour_is_one_episode() -> None:
    state = state_of(baseline(140), *(high(minute) for minute in (0, 15, 30, 45, 75)))
    assert len(state.watch.episodes) == len(state.watch.told_at) == 1


def test_after_more_than_an_hour_in_which_nothing_was_known_it_is_told_again() -> None:
    assert len(state_of(baseline(140), high(0), high(59.9)).watch.told_at) == 1
    assert len(state_of(baseline(140), high(0), high(60)).watch.told_at) == 2


def test_it_closes_after_ten_quiet_minutes() -> None:
    early = state_of(baseline(140), high(0), high(9.9, 130))
    assert early.watch.current()[0].open
    state = state_of(baseline(140), high(0), high(10, 130))
    assert (state.watch.current(), state.watch.episodes[0].ended) == ([], moment(0))


@pytest.mark.mitigates("M-037")
def test_back_within_the_quiet_time_it_is_the_same_episode() -> None:
    state = state_of(baseline(140), high(0), high(5, 130), high(9, 166))
    assert len(state.watch.episodes) == 1
    assert state.watch.episodes[0].last == moment(9)


def test_back_after_the_quiet_time_it_is_a_new_one() -> None:
    state = state_of(baseline(140), high(0), high(10, 130), high(11))
    assert [one.open for one in state.watch.episodes] == [False, True]
    assert state.watch.told_at == [moment(0), moment(11)]


@pytest.mark.mitigates("M-025")
def test_unmeasured_is_not_quiet() -> None:
    state = state_of(baseline(140), high(0), reading(20, hr=60), reading(40, hr=60))
    assert state.watch.current()[0].rule.id == "high-systolic"


@pytest.mark.mitigates("M-036")
def test_a_lost_or_implausible_value_does_not_close_it() -> None:
    state = state_of(reading(0, rr=7, hr=60), reading(20, rr=0, hr=0), reading(30, rr=2, hr=60))
    assert [one.rule.id for one in state.watch.current()] == ["slow-breathing"]


@pytest.mark.mitigates("M-038")
def test_a_raised_level_tells_again_and_clears_seen() -> None:
    state = state_of(baseline(140), high(0, 161), (1, "reminder_seen", SEEN), high(2, 166))
    (episode,) = state.watch.current()
    assert (episode.level.word, episode.seen_by, episode.look_again) == ("orange", "", None)
    assert state.watch.told_at == [moment(0), moment(2)]


def test_a_falling_level_stays_at_its_worst() -> None:
    (episode,) = state_of(baseline(140), high(0, 201), high(1, 161)).watch.current()
    assert (episode.level.word, str(episode.worst)) == ("red", "201")


def test_seen_says_when_to_look_again() -> None:
    (episode,) = state_of(baseline(140), high(0), (1, "reminder_seen", SEEN)).watch.current()
    assert (episode.seen_by, episode.seen_at, episode.look_again) == ("nurse", moment(1), moment(6))


@pytest.mark.mitigates("M-038")
def test_seen_before_the_level_rose_does_not_count_for_what_came_after() -> None:
    state = state_of(baseline(140), high(0, 161), high(3, 201), (2, "reminder_seen", SEEN))
    assert state.watch.current()[0].seen_by == ""
    assert state.lines[-1].remark.startswith("Late")


def test_seen_with_nothing_open_says_so() -> None:
    assert state_of((1, "reminder_seen", SEEN)).lines[0].remark == "No such reminder was open."


@pytest.mark.mitigates("M-039")
def test_a_late_reading_never_reminds_and_says_late() -> None:
    state = state_of(baseline(140), reading(10, sbp=130), reading(5, sbp=210))
    assert (state.watch.episodes, state.watch.told_at) == ([], [])
    assert state.lines[-1].remark == "Late: newer values of systolic pressure stand; this reminds of nothing."


@pytest.mark.mitigates("M-039")
def test_a_late_reading_takes_its_place_in_time_and_the_newest_stays_latest() -> None:
    state = state_of(reading(0, sbp=120), reading(10, sbp=130), reading(5, sbp=150))
    assert [at for at, _ in state.readings] == [moment(0), moment(5), moment(10)]
    assert [state.latest["sbp"].judged.value, state.peak["sbp"].judged.value] == [130, 150]


def test_a_late_reading_neither_opens_nor_closes_a_technical_stretch() -> None:
    state = state_of(reading(10, hr=0, rr=0), reading(5, hr=60, rr=12))
    assert state.technical.episodes[0].open


def test_no_breaths_and_slow_breathing_are_two_episodes_and_good_breaths_end_both() -> None:
    state = state_of(reading(0, rr=7), reading(1, rr=0), reading(2, rr=0), reading(12, rr=12))
    assert [(one.rule.id, one.started, one.last) for one in state.watch.episodes] == [
        ("slow-breathing", moment(0), moment(0)),
        ("no-breaths", moment(1), moment(2)),
    ]
    assert state.watch.current() == []


@pytest.mark.mitigates("M-165")
def test_what_is_worse_than_was_seen_asks_again_and_the_same_does_not() -> None:
    seen: Entry = (3, "reminder_seen", {"reminder": "low-oxygen"})
    same = state_of(reading(2, spo2=89), seen, reading(4, spo2=89))
    assert not same.watch.current()[0].asks(moment(4))
    worse = state_of(reading(2, spo2=89), seen, reading(4, spo2=62))
    (one,) = worse.watch.current()
    assert (one.asks(moment(4)), one.told, one.seen_at) == (True, moment(4), None)
