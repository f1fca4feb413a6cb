"""The medical history: what the patient is asked first and a clinician confirms."""

from dataclasses import dataclass

from kapstone.care.evidence import marked

from .asking import Who, choice, yes_no

CHILD_PUGH = ("none", "a", "b", "c")


@dataclass(frozen=True, kw_only=True)
class History:
    """Yes, no, or not asked yet. Windows of time are named in the words."""

    # heart, vessels and head
    aneurysm_or_avm: bool | None = yes_no(marked("aneurysm or arteriovenous malformation"))
    intracerebral_haemorrhage: bool | None = yes_no(marked("bleeding in the brain, ever"))
    pressure_rise_hazard: bool | None = yes_no(
        marked("whether a rise in blood pressure would be a serious hazard"), Who.CLINICIAN
    )
    heart_event_12_months: bool | None = yes_no(marked("heart attack, unstable angina or stent in 12 months"))
    heart_event_released: bool | None = yes_no(marked("release by a cardiologist"), Who.CLINICIAN)
    stroke_or_tia: bool | None = yes_no(marked("stroke or TIA, ever"))
    stroke_or_tia_12_months: bool | None = yes_no(marked("stroke or TIA in 12 months"))
    heart_failure: bool | None = yes_no(marked("heart failure that limits daily life, or a severely narrowed valve"))
    arrhythmia_uncontrolled: bool | None = yes_no(marked("uncontrolled arrhythmia"))
    antiemetic_planned: bool | None = yes_no(marked("a medicine against nausea that prolongs QT"), Who.CLINICIAN)
    raised_icp: bool | None = yes_no(marked("raised pressure in the head"))
    hypertensive_encephalopathy: bool | None = yes_no(marked("hypertensive encephalopathy, ever"))
    hypertension: bool | None = yes_no(marked("diagnosed high blood pressure"))
    eye_pressure: bool | None = yes_no(marked("untreated narrow-angle glaucoma, eye injury or planned eye surgery"))
    traumatic_brain_injury: bool | None = yes_no(marked("head injury that still gives symptoms"))
    seizures_uncontrolled: bool | None = yes_no(marked("uncontrolled seizures"))
    # mind
    psychosis_current: bool | None = yes_no(marked("psychosis now"))
    schizophrenia_spectrum: bool | None = yes_no(marked("schizophrenia spectrum diagnosis"))
    psychosis_in_family: bool | None = yes_no(marked("psychosis in a parent, brother, sister or child"))
    mania_current: bool | None = yes_no(marked("mania or a mixed state now"))
    dementia_or_delirium: bool | None = yes_no(
        marked("dementia or delirium, or a cognitive screen below the cut-off")
    )
    dissociative_disorder: bool | None = yes_no(marked("dissociative disorder"))
    personality_disorder_severe: bool | None = yes_no(marked("severe personality disorder"), Who.CLINICIAN)
    emergence_reaction: bool | None = yes_no(marked("a bad reaction when waking from ketamine or an anaesthetic"))
    # substances
    substance_use_disorder_active: bool | None = yes_no(marked("substance use disorder in 3 months"))
    ketamine_misuse: bool | None = yes_no(marked("ketamine or PCP misuse"))
    ketamine_misuse_released: bool | None = yes_no(marked("release by an addiction specialist"), Who.CLINICIAN)
    opioid_use_disorder: bool | None = yes_no(marked("opioid use disorder, ever"))
    # body
    hypersensitivity: bool | None = yes_no(marked("allergic reaction to ketamine or esketamine"))
    pregnant: bool | None = yes_no(marked("pregnancy"))
    breastfeeding: bool | None = yes_no(marked("breastfeeding"))
    could_become_pregnant: bool | None = yes_no(marked("whether the patient could become pregnant"))
    child_pugh: str | None = choice(marked("liver disease by Child-Pugh class"), Who.CLINICIAN, CHILD_PUGH)
    bladder_symptoms: bool | None = yes_no(marked("bladder symptoms"))
    hyperthyroidism_uncontrolled: bool | None = yes_no(marked("overactive thyroid without treatment"))
    porphyria: bool | None = yes_no(marked("acute porphyria"))
    breathing_disease: bool | None = yes_no(marked("severe untreated sleep apnoea, home oxygen or severe COPD"))
