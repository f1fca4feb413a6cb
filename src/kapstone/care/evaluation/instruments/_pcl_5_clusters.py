"""The four clusters of PCL-5 and what counts as met, from its claim."""

from kapstone.care.evidence import claim

from .questionnaire import Cluster

SCORING = claim("pcl-5-scoring")

_NAMES = (
    ("B", "intrusion", "first_of_b", "last_of_b"),
    ("C", "avoidance", "first_of_c", "last_of_c"),
    ("D", "changes in thinking and mood", "first_of_d", "last_of_d"),
    ("E", "arousal and reactivity", "first_of_e", "last_of_e"),
)


def _cluster(key: str, name: str, first: str, last: str) -> Cluster:
    numbers = range(int(SCORING.figure(first)), int(SCORING.figure(last)) + 1)
    needed = int(SCORING.figure(f"needed_of_{key.lower()}"))
    link_ids = tuple(f"pcl-5.{number}" for number in numbers)
    return Cluster(key, name, link_ids, needed, int(SCORING.figure("symptom_at_least")))


CLUSTERS = tuple(_cluster(*each) for each in _NAMES)
