"""The terms for adverse effects: our own list, in plain words. No licensed dictionary stands behind it.

Mapping a term to another system's codes is left to whoever holds that system's licence.
"""

from dataclasses import dataclass
from enum import StrEnum

from kapstone.care.evidence.reasons import marked


class Group(StrEnum):
    """What part of a person a term is about."""

    NERVOUS = "nervous"
    MIND = "mind"
    HEART = "heart"
    BREATHING = "breathing"
    GUT = "gut"
    BLADDER = "bladder"
    LIVER = "liver"
    SENSES = "senses"
    SKIN = "skin"
    GENERAL = "general"

    @property
    def words(self) -> str:
        """The words of the page."""
        return GROUPS[self]


GROUPS: dict[Group, str] = {
    Group.NERVOUS: marked("Nerves and awareness"),
    Group.MIND: marked("Mind and mood"),
    Group.HEART: marked("Heart and vessels"),
    Group.BREATHING: marked("Breathing"),
    Group.GUT: marked("Stomach and gut"),
    Group.BLADDER: marked("Bladder"),
    Group.LIVER: marked("Liver"),
    Group.SENSES: marked("Eyes and ears"),
    Group.SKIN: marked("Skin, nose, place of the needle"),
    Group.GENERAL: marked("General"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """One term. `important` ones always count as serious, whatever their grade."""

    code: str
    words: str
    group: Group
    important: bool = False


def _terms(group: Group, important: tuple[str, ...] = (), **words: str) -> dict[str, Term]:
    return {code: Term(code, told, group, code in important) for code, told in words.items()}


TERMS: dict[str, Term] = {
    **_terms(
        Group.NERVOUS,
        ("loss_of_consciousness", "seizure"),
        dizziness=marked("Dizziness"),
        vertigo=marked("Vertigo"),
        headache=marked("Headache"),
        sedation=marked("Sedation"),
        loss_of_consciousness=marked("Loss of consciousness"),
        syncope=marked("Fainting"),
        seizure=marked("Seizure"),
        numbness=marked("Numbness or tingling"),
        taste=marked("Odd taste"),
        slurred_speech=marked("Slurred speech"),
        tremor=marked("Tremor"),
        unsteady=marked("Unsteady"),
        memory=marked("Trouble remembering"),
        confusion=marked("Confusion"),
    ),
    **_terms(
        Group.MIND,
        ("suicidal_thoughts", "suicide_attempt"),
        dissociation=marked("Dissociation"),
        unreal=marked("The world feels unreal"),
        anxiety=marked("Anxiety"),
        panic=marked("Panic"),
        agitation=marked("Agitation"),
        euphoria=marked("Euphoria"),
        hallucination=marked("Hallucination"),
        paranoia=marked("Paranoia"),
        emergence_delirium=marked("Delirium on coming back"),
        mania=marked("Mania or hypomania"),
        suicidal_thoughts=marked("Suicidal thoughts, new or worse"),
        suicide_attempt=marked("Suicide attempt"),
        flashback=marked("Flashback"),
        nightmare=marked("Nightmare"),
        insomnia=marked("Insomnia"),
        craving=marked("Craving or misuse"),
    ),
    **_terms(
        Group.HEART,
        ("heart_attack", "stroke"),
        transient_session_bp=marked("Pressure rise during the session, gone by its end"),
        hypertension=marked("High pressure that stays"),
        hypotension=marked("Low pressure"),
        fast_heart=marked("Fast heart"),
        slow_heart=marked("Slow heart"),
        arrhythmia=marked("Irregular heart"),
        chest_pain=marked("Chest pain"),
        heart_attack=marked("Heart attack"),
        stroke=marked("Stroke or bleeding in the brain"),
    ),
    **_terms(
        Group.BREATHING,
        ("apnoea", "laryngospasm", "aspiration"),
        desaturation=marked("Low oxygen"),
        slow_breathing=marked("Slow or shallow breathing"),
        apnoea=marked("Breathing stopped"),
        laryngospasm=marked("Spasm of the larynx"),
        aspiration=marked("Aspiration"),
        saliva=marked("Much saliva"),
    ),
    **_terms(
        Group.GUT,
        nausea=marked("Nausea"),
        vomiting=marked("Vomiting"),
        dry_mouth=marked("Dry mouth"),
        diarrhoea=marked("Diarrhea"),
        constipation=marked("Constipation"),
    ),
    **_terms(
        Group.BLADDER,
        frequency=marked("Passing urine often"),
        urgency=marked("Sudden need to pass urine"),
        painful_urine=marked("Painful urine"),
        night_urine=marked("Passing urine at night"),
        blood_in_urine=marked("Blood in the urine"),
        cystitis=marked("Cystitis"),
        retention=marked("Cannot pass urine"),
    ),
    **_terms(Group.LIVER, liver_values=marked("Raised liver values")),
    **_terms(
        Group.SENSES,
        blurred_vision=marked("Blurred vision"),
        double_vision=marked("Double vision"),
        nystagmus=marked("Eyes that flicker"),
        eye_pressure=marked("Raised pressure in the eye"),
        tinnitus=marked("Ringing in the ears"),
    ),
    **_terms(
        Group.SKIN,
        ("anaphylaxis",),
        injection_pain=marked("Pain at the needle"),
        infiltration=marked("Infusion beside the vein"),
        rash=marked("Rash"),
        anaphylaxis=marked("Anaphylaxis"),
        nose_or_throat=marked("Sore nose or throat"),
    ),
    **_terms(
        Group.GENERAL,
        fatigue=marked("Tiredness"),
        feeling_drunk=marked("Feeling drunk"),
        feeling_odd=marked("Feeling odd"),
        fall=marked("Fall"),
        medication_error=marked("Medication error"),
        no_escort=marked("No way home"),
        diversion=marked("Drug gone missing"),
    ),
}
"""Every term by its code. `transient_session_bp` stands apart: a normal rise is no lasting high pressure."""
