"""Gentle ways into writing, in our own words. Nothing a patient writes is read by a machine for risk."""

from kapstone.care.evidence.reasons import marked

MOODS = ("calm", "open", "sad", "restless", "numb", "mixed")

PROMPTS: tuple[str, ...] = (
    marked("What stayed with you? A picture, a word, a place in the body."),
    marked("What surprised you?"),
    marked("What was hard, or is not finished?"),
    marked("One small thing you could do this week because of it."),
    marked("Perhaps nothing happened. That is worth writing down too."),
)
