"""What invented people write and say: short texts of our own, none about anyone real."""

ENQUIRIES = (
    "I have had depression for years and two medicines did not help. Could somebody call me in the afternoon?",
    "My psychiatrist mentioned ketamine. I would like to know what it involves and what it costs.",
    "I am not sure that this is right for me. I would like to talk to somebody first.",
    "I have read your guide and would like to begin with the intake.",
    "My sister was treated with you. I have been low since last winter and would like to be seen.",
)

JOURNAL = (
    ("calm", "The music carried me. There was a shore, and I did not have to do anything. I slept well."),
    ("open", "I saw the kitchen of my grandmother. I want to call my brother this week."),
    ("sad", "I cried on the way home and did not know why. It felt more like rain than like a storm."),
    ("mixed", "Strange, big, then small again. I could not find words. A color between blue and gray stayed."),
    ("restless", "I was afraid at first that it would not end. Lena's voice helped. Next time I want the blanket."),
    ("numb", "Nothing much happened. I am a little disappointed, and I write it down anyway."),
    ("calm", "Made coffee, stood at the window, and noticed that I was not counting the hours."),
    ("open", "We talked about the garden again. I bought two pots and some earth. That is all, and it is a lot."),
    ("sad", "The heaviness came back on the third day. Not all of it. I know its face better now."),
    ("mixed", "I keep thinking of the door that was open all along. I do not want to explain it to anybody."),
    ("restless", "Woke at four. Walked around the block. The small act helped: write three lines and stop."),
    ("open", "I laughed at lunch and was startled by it."),
)

VISIT_NOTES = (
    "Talked through the images of the session at the patient's pace. Grief named for the first time. No risk.",
    "Found the session hard to put into words; drew it instead. Worked with the drawing. Sleep is better.",
    "Mood lighter for two days, then lower again. Normalized the dip. Planned the week in small steps.",
    "Much self-criticism about “doing it wrong”. Practised noticing the critic and answering kindly.",
    "Reviewed values and one avoided phone call. The patient chose a small step and named what may get in the way.",
    "Body felt heavy, then warm. Stayed with the breath for some minutes. Ended oriented and calm.",
)

NEXT_ACTS = (
    "Call your brother on Sunday, for ten minutes.",
    "Walk to the water and back before breakfast, twice this week.",
    "Write three lines in the evening, then stop.",
    "Put one plant where you can see it from the bed.",
    "Tell one person how the week was.",
    "Go to bed without the telephone, two nights.",
)

OFFER_REASONS = (
    "Two adequate trials without response, severe symptoms, no exclusion found. Benefit outweighs the risk.",
    "Long episode, several treatments failed, stable heart and pressure. Risks and other choices discussed.",
)
OFFER_WORDS = "We can offer you this treatment. Please read the consent in peace and ask us anything."
DECLINE_REASON = (
    "Hears voices now, began four weeks ago. Racemic ketamine is blocked, esketamine on hold. Referred today."
)
DECLINE_WORDS = (
    "We cannot offer this treatment now, because it could make the voices worse. We have made an appointment for you "
    "with a psychiatrist this week, and you can come back to us afterwards."
)

DISSOCIATION_NOT_YET = "Still far away, eyes closed, answers after a pause."
DISSOCIATION_MET = (
    "Says the room is solid again, talks in whole sentences, knows what happened.",
    "Back in the room, smiles, asks for water and the time.",
    "No more floating, describes the session in order, steady look.",
)
IDEATION_MET = "Asked directly: no thoughts of death or self-harm today."
WAY_HOME_MET = (
    "The partner is in the waiting room.",
    "A friend comes up to fetch, named and seen.",
    "Mother drives.",
)
PRESSURE_NOTE = (
    "Pressure seen with the nurse. Head up, quiet, measure again in 5 minutes. No headache, no chest pain."
)
CHAIR_NOTES = (
    "Holds the therapist's hand as agreed before. Quiet.",
    "Tears, then a long breath. Wants the music a little lower.",
    "Set an intention before the start: to be less afraid of the morning.",
)
_USUAL = {"eye_mask": "on", "music": "without_words", "light": "dim", "blanket": "on", "quiet_min": "10"}
SETTINGS = (
    {**_USUAL, "therapist": "landing"},
    {**_USUAL, "blanket": "off", "therapist": "none", "quiet_min": "15"},
    {**_USUAL, "eye_mask": "declined", "music": "none", "light": "dark", "therapist": "whole"},
)

SETTLED = (
    "Called at once and spoke for 15 minutes. No plan, no intent. Safety plan read again; next contact tomorrow.",
    "Spoke by telephone. Thoughts are old and unchanged, the partner is at home. Crisis numbers named.",
    "Seen in the clinic the same day. No plan, no means at hand. The family knows, with consent. Call tonight.",
)
SETTLED_MISSED = "Called: overslept, is safe, wants to come. The next visit stands."
MISSED_NOTE = "Did not come and did not answer the first call."

CHOSEN = {
    "continue": "The patient wants to go on with the course as planned; risks and the alternative of stopping named.",
    "maintenance_spacing": "The gain holds. Agreed on wider spacing, a score each week, a look back in a month.",
    "more_therapy": "Doses end here; weekly therapy goes on, the patient prefers to build on what there is.",
    "pause_for_review": "Doses pause. Whole plan looked through with the patient and the treating psychiatrist.",
    "stop_and_rethink": "No response to six doses. No further dose; other treatments discussed and referral offered.",
}
ENDED_BY_PATIENT = "The patient does not want another dose: too unpleasant. Other care goes on."
ENDED = "All planned doses given; the next step is chosen."
ENDED_WORSE = "Ended early: worse than before treatment. Seen by the psychiatrist, closer follow-up begun."

PRICES = {
    "iv": 45_000, "im": 40_000, "sl": 25_000, "in-esketamine": 30_000, "integration": 16_000, "preparation": 16_000,
}  # fmt: skip
"""Invented prices, in cents."""

CANCELLING = (
    "Free until two days before. Later than that, 50 dollars, unless you are ill. Stopping a dose is never charged."
)

COMPANIONS = ("Sam", "My sister", "Robin from work", "My neighbor Lee", "Alex")
"""Who takes a patient home, as they would write it."""
