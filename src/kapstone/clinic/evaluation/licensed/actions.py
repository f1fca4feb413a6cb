"""A clinic uploads a questionnaire it holds a licence for, retires a version, and keeps a patient's score."""

import hashlib
from uuid import UUID

from kapstone.clinic.evaluation.licensed.expressions import Tried
from kapstone.clinic.evaluation.licensed.queries import Scored, id_of, version_of, versions
from kapstone.clinic.evaluation.licensed.reading import shipped_as
from kapstone.clinic.evaluation.models import LicensedQuestionnaire, Measure, Mode, QuestionnaireRetired
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Clinic, Patient
from kapstone.clinic.ground.people.queries import patient_of

LONGEST_BAND = 40


@action("questionnaire.keep")
def upload(act: Act, found: Tried, licence: str) -> LicensedQuestionnaire:
    """Keeps a questionnaire that was tried. The same address again makes the next version; the old ones stay."""
    if not licence.strip():
        raise Refused("Write who gave you the licence and what it allows.", "licence")
    ours = shipped_as(found.paper)
    if ours:
        raise Refused(f"{ours} ships with Kapstone, which watches its safety items; use that one.", "text")
    Clinic.objects.select_for_update().get(id=act.clinic.id)  # two uploads at once are two versions
    digest = hashlib.sha256(found.text.encode()).hexdigest()
    earlier = list(versions(act).filter(instrument=id_of(found.paper.url)))
    newest = earlier[0] if earlier else None
    if newest and newest.digest == digest and not hasattr(newest, "retired"):
        raise Refused(f"This is version {newest.version} of {newest.title}, letter for letter.", "text")
    row = LicensedQuestionnaire.objects.create(
        id=uuid7(act.at),
        clinic=act.clinic,
        at=act.at,
        by=act.person,
        instrument=id_of(found.paper.url),
        version=str(len(earlier) + 1),
        title=found.paper.title,
        body=found.text,
        digest=digest,
        licence=licence.strip(),
    )
    sign("questionnaire uploaded", questionnaire=row.id, version=row.version, digest=digest)
    return row


@action("questionnaire.keep")
def retire(act: Act, version_id: UUID, why: str) -> None:
    """From now on this version is not handed out. What was answered on it stays."""
    row, _ = version_of(act, version_id)
    if not why.strip():
        raise Refused("Write why it is retired.", "why")
    if hasattr(row, "retired"):
        raise Refused("This version is already retired.")
    QuestionnaireRetired.objects.create(
        id=uuid7(act.at), clinic=act.clinic, questionnaire=row, at=act.at, by=act.person, why=why.strip()
    )
    sign("questionnaire retired", questionnaire=row.id, version=row.version)


@action("intake.enter")
def keep_score(act: Act, patient_id: UUID, found: Scored, mode: str, once: UUID) -> Measure:
    """Keeps a patient's answers and score with the version they were given on. The same form sent twice keeps one."""
    patient = patient_of(act, patient_id, "intake.enter")
    Patient.objects.select_for_update().get(id=patient.id)
    version = versions(act).filter(instrument=found.version.instrument).first()
    if version != found.version or hasattr(version, "retired"):
        raise Refused("This version is no longer in use. Open the newest one; what you filled in is still here.")
    if all(value is None for value in found.answers.values()):
        raise Refused("Nothing is filled in. Choose at least one answer.")
    if mode not in Mode.values or mode == Mode.SELF:
        raise Refused("Choose how the answers came.", "mode")
    known = Measure.objects.filter(id=once, patient=patient).first()
    if known is not None:
        sign("already answered", patient.id, measure=known.id)
        return known
    total = found.score.total
    measure = Measure.objects.create(
        id=once,
        clinic=act.clinic,
        patient=patient,
        instrument=found.version.instrument,
        version=found.version.version,
        answered_at=act.at,
        answers=dict(found.answers),
        total=total,
        band=found.score.band if len(found.score.band) <= LONGEST_BAND else "",
        prorated=bool(found.blank) and total is not None,
        occasion="visit",
        mode=mode,
        by=act.person,
    )
    sign("answered", patient.id, measure=measure.id, questionnaire=found.version.id)
    return measure
