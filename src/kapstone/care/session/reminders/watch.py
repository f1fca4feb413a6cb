"""Feeds values in and keeps the episodes. No clock: time is the time of the readings."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from kapstone.care.evidence import Policy
from kapstone.care.quantities import Instant
from kapstone.care.session.readings import Judged, Standing

from .episode import Episode
from .rule import RULES, Level, Limit, ReminderRule


@dataclass(slots=True)
class Watch:
    """The reminders of one session. Feed with `take`; ask `current` or `episodes`.

    `told` has every moment at which people were told, with the line of the policy: an episode's start, and each rise
    of its level.
    """

    policy: Policy
    baseline: dict[str, Decimal] = field(default_factory=dict)
    episodes: list[Episode] = field(default_factory=list)
    told: list[tuple[Instant, str]] = field(default_factory=list)
    _open: dict[str, Episode] = field(default_factory=dict)
    _touched: dict[str, Instant] = field(default_factory=dict)

    @property
    def told_at(self) -> list[Instant]:
        """The moments alone."""
        return [at for at, _ in self.told]

    def take(self, signal: str, value: Decimal, at: Instant, breaths_none: bool = False) -> None:
        """One usable value, in time order. `breaths_none` marks the zero that is a patient, not a cable."""
        for rule in RULES.values():
            if rule.signal == signal:
                self._hold(rule, value, at, breaths_none)

    def level_of(self, one: Judged) -> Level | None:
        """The level of one value by itself, as if it were new; None where it is at no limit or may not be used."""
        none_counted = one.standing is Standing.NO_BREATHS
        if one.standing is not Standing.USED and not none_counted:
            return None
        found = [
            limit.level
            for rule in RULES.values()
            if rule.signal == one.signal and bool(rule.rank) is none_counted
            for limit in rule.limits
            if not limit.repeated and limit.touched(one.value, self.baseline.get(rule.signal), self.policy)
        ]
        return max(found, default=None)

    def current(self) -> list[Episode]:
        """Open episodes, the most urgent first."""
        return sorted(self._open.values(), key=lambda one: (-one.level, -one.rule.rank, one.started))

    def _hold(self, rule: ReminderRule, value: Decimal, at: Instant, breaths_none: bool) -> None:
        applies = breaths_none if rule.rank else not breaths_none
        limit = self._limit(rule, value, at) if applies else None
        episode = self._open.get(rule.id)
        if episode and self._over(episode, at, limit):
            episode.ended = episode.last
            del self._open[rule.id]
            episode = None
        if limit is None:
            return
        if episode is None:
            self._begin(rule, value, at, limit)
        else:
            episode.last = at
            if episode.worsen(value, limit.level, limit.policy_key, at):
                self.told.append((at, limit.policy_key))

    def _over(self, episode: Episode, at: Instant, limit: Limit | None) -> bool:
        """A good value ends it once it has been quiet for long enough; a value at a limit only after a gap in
        which nothing was known, so that a cuff every quarter of an hour is one episode and not one a cuff."""
        return at - episode.last >= (self._quiet if limit is None else self._gap)

    def _begin(self, rule: ReminderRule, value: Decimal, at: Instant, limit: Limit) -> None:
        episode = Episode(rule, at, at, value, limit.level, limit.policy_key, at)
        self._open[rule.id] = episode
        self.episodes.append(episode)
        self.told.append((at, limit.policy_key))

    def _limit(self, rule: ReminderRule, value: Decimal, at: Instant) -> Limit | None:
        baseline = self.baseline.get(rule.signal)
        # All limits are asked, not only the first: those that need a second touch must see every value.
        hits = list(self._hits(rule, value, baseline, at))
        return hits[0] if hits else None

    def _hits(self, rule: ReminderRule, value: Decimal, baseline: Decimal | None, at: Instant) -> Iterator[Limit]:
        for limit in rule.limits:
            touched = limit.touched(value, baseline, self.policy)
            if not limit.repeated:
                if touched:
                    yield limit
            elif self._again(limit, touched, at):
                yield limit

    def _again(self, limit: Limit, touched: bool, at: Instant) -> bool:
        """For limits that one reading cannot reach: true from the second touch, far enough from the first."""
        if not touched:
            self._touched.pop(limit.policy_key, None)
            return False
        first = self._touched.setdefault(limit.policy_key, at)
        return at - first >= self._apart

    @property
    def _quiet(self) -> timedelta:
        return timedelta(minutes=float(self.policy.number("session.episode.ends_after_min")))

    @property
    def _gap(self) -> timedelta:
        return timedelta(minutes=float(self.policy.number("session.episode.told_again_after_min")))

    @property
    def _apart(self) -> timedelta:
        return timedelta(minutes=float(self.policy.number("session.episode.repeat_after_min")))
