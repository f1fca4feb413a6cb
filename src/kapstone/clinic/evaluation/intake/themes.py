"""The patient's history, theme by theme, in the patient's words. Each question answers one field of the intake."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """One page of questions that belong together. `questions` is field to words."""

    slug: str
    title: str
    questions: Mapping[str, str]


THEMES = (
    Theme(
        "heart",
        "Heart and blood vessels",
        {
            "heart_event_12_months": "In the last 12 months: a heart attack, chest pain from the heart, or a stent",
            "heart_failure": "A weak heart or a narrow heart valve that limits what you can do",
            "arrhythmia_uncontrolled": "A heart rhythm problem that is not under control",
            "hypertension": "A doctor has told you that your blood pressure is too high",
            "aneurysm_or_avm": "A bulging or tangled blood vessel (aneurysm or AVM), found by a doctor",
        },
    ),
    Theme(
        "head",
        "Head and eyes",
        {
            "intracerebral_haemorrhage": "Bleeding in the brain, ever",
            "stroke_or_tia": "A stroke or a mini-stroke (TIA), ever",
            "stroke_or_tia_12_months": "A stroke or a mini-stroke (TIA) in the last 12 months",
            "raised_icp": "Raised pressure in the head, a shunt, or a growth in the brain",
            "hypertensive_encephalopathy": "Very high blood pressure that once made you confused or have a seizure",
            "traumatic_brain_injury": "A head injury that still gives you trouble",
            "seizures_uncontrolled": "Seizures that are not under control",
            "eye_pressure": "Untreated narrow-angle glaucoma, an eye injury, or eye surgery that is planned",
        },
    ),
    Theme(
        "mind",
        "Mind",
        {
            "psychosis_current": "You hear or see things that others do not, or feel watched or followed",
            "schizophrenia_spectrum": "A doctor has told you that you have schizophrenia or a similar illness",
            "psychosis_in_family": "A parent, brother, sister or child has had psychosis or schizophrenia",
            "mania_current": "In the last weeks: far too much energy, little need for sleep, racing thoughts",
            "dementia_or_delirium": "A doctor has told you of dementia, or of a recent state of confusion",
            "dissociative_disorder": "A doctor has told you that you have a dissociative disorder",
        },
    ),
    Theme(
        "substances",
        "Alcohol and drugs",
        {
            "substance_use_disorder_active": "In the last 3 months: trouble with alcohol or drugs",
            "ketamine_misuse": "You have used ketamine or PCP outside of care, more than once",
            "opioid_use_disorder": "You have had trouble with opioids, or been treated for it, ever",
        },
    ),
    Theme(
        "anaesthetics",
        "Ketamine and anaesthetics",
        {
            "hypersensitivity": "An allergic reaction to ketamine or esketamine",
            "emergence_reaction": "A bad reaction when you woke from ketamine or from an anaesthetic",
        },
    ),
    Theme(
        "body",
        "Bladder, thyroid and breathing",
        {
            "bladder_symptoms": "Pain or blood when you pass water, or going far more often",
            "hyperthyroidism_uncontrolled": "An overactive thyroid that is not treated",
            "porphyria": "Acute porphyria (a rare illness of the blood)",
            "breathing_disease": "Severe sleep apnea that is not treated, oxygen at home, or severe COPD",
        },
    ),
    Theme(
        "pregnancy",
        "Pregnancy",
        {
            "pregnant": "You are pregnant",
            "breastfeeding": "You are breastfeeding",
            "could_become_pregnant": "You could become pregnant",
        },
    ),
)
"""The pages in the order in which they are asked."""


def theme_of(slug: str) -> Theme | None:
    """One theme; None where there is none of this name."""
    return next((theme for theme in THEMES if theme.slug == slug), None)


def theme_after(slug: str) -> Theme | None:
    """The theme that follows; None after the last."""
    slugs = [theme.slug for theme in THEMES]
    following = slugs.index(slug) + 1
    return THEMES[following] if following < len(THEMES) else None
