"""Looks up uploaded questionnaires with their versions, and works out a score before it is kept."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from kapstone.clinic.evaluation.licensed.expressions import OwnScore, scores
from kapstone.clinic.evaluation.licensed.reading import Questionnaire, read_questionnaire
from kapstone.clinic.evaluation.licensed.responses import points_of
from kapstone.clinic.evaluation.models import LicensedQuestionnaire, Measure
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.who import visible

Answered = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Held:
    """One questionnaire of the clinic: the version in use, if any, and all versions, newest first."""

    title: str
    in_use: LicensedQuestionnaire | None
    versions: tuple[LicensedQuestionnaire, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """A score that is ready to be kept: of which version, and of which answers."""

    version: LicensedQuestionnaire
    answers: Mapping[str, object]
    score: OwnScore

    @property
    def blank(self) -> int:
        """How many questions were left out."""
        return sum(value is None for value in self.answers.values())


def id_of(url: str) -> str:
    """The short name of a questionnaire, the same for every version: from its address, and for this address alone."""
    last = re.sub(r"[^a-z0-9]+", "-", re.split(r"[/:]", url.rstrip("/"))[-1].lower()).strip("-")
    return f"{last[:40] or 'q'}-{hashlib.sha256(url.encode()).hexdigest()[:10]}"


def versions(act: Act) -> QuerySet[LicensedQuestionnaire]:
    """Every version that was uploaded, newest first."""
    return visible(act, LicensedQuestionnaire).select_related("by", "retired__by").order_by("-at", "-id")


def held(act: Act) -> list[Held]:
    """The questionnaires of the clinic by title."""
    grouped: dict[str, list[LicensedQuestionnaire]] = {}
    for one in versions(act).defer("body"):
        grouped.setdefault(one.instrument, []).append(one)
    found = [Held(every[0].title, in_use(every), tuple(every)) for every in grouped.values()]
    return sorted(found, key=lambda one: one.title.lower())


def in_use(every: list[LicensedQuestionnaire]) -> LicensedQuestionnaire | None:
    """The newest version, unless it was retired: an older one does not come back by itself."""
    return None if hasattr(every[0], "retired") else every[0]


def version_of(act: Act, version_id: UUID) -> tuple[LicensedQuestionnaire, Questionnaire]:
    """One version and what it asks. NotThere when it is not this clinic's."""
    found = versions(act).filter(id=version_id).first()
    if found is None:
        raise NotThere("No such questionnaire.")
    return found, read_questionnaire(found.body)


def scored(act: Act, version_id: UUID, answers: Answered) -> Scored:
    """The score of these answers by the version's own expression. BadQuestionnaire where it gives none."""
    version, paper = version_of(act, version_id)
    [found] = scores(paper, [paper.response(answers)])
    kept = {one.link_id: points_of(answers[one.link_id]) if one.link_id in answers else None for one in paper.asked}
    return Scored(version, kept, found)


def kept_scores(act: Act, patient: Patient) -> list[tuple[str, Measure]]:
    """A patient's scores on uploaded questionnaires with their titles, newest first. Those of old versions stay."""
    titles = {(one.instrument, one.version): one.title for one in versions(act).defer("body")}
    names = {instrument for instrument, _ in titles}
    rows = visible(act, Measure).filter(patient=patient, instrument__in=names).select_related("by")
    return [(titles[row.instrument, row.version], row) for row in rows.order_by("-answered_at", "-id")]
