"""Whether each cluster of a questionnaire is met, in three values: a blank counts only where it could decide."""

from collections.abc import Mapping

from .questionnaire import Cluster, Instrument


def clusters_met(instrument: Instrument, items: Mapping[str, int | None]) -> dict[str, bool | None]:
    """By the key of the cluster: met, not met, or None where the blanks leave it open."""
    return {
        cluster.key: _met(cluster, [items[link_id] for link_id in cluster.link_ids])
        for cluster in instrument.clusters
    }


def _met(cluster: Cluster, values: list[int | None]) -> bool | None:
    symptoms = sum(value is not None and value >= cluster.at_least for value in values)
    if symptoms >= cluster.needed:
        return True
    return None if symptoms + values.count(None) >= cluster.needed else False
