"""The models, one TOML file each; a new file is found by itself. What a file may say stands in `shape.py`."""

from functools import cache
from importlib import resources

from .reading import model_from
from .shape import Model


@cache
def models() -> dict[str, Model]:
    """Every model by id. ValueError where a file is not a model, with the file and what is wrong."""
    files = {
        each.name.removesuffix(".toml"): each.read_text("utf-8")
        for each in resources.files(__name__).iterdir()
        if each.name.endswith(".toml")
    }
    return {id: model_from(id, files) for id in sorted(files)}


def model(id: str) -> Model:
    """A model by its id. ValueError names the ones there are."""
    known = models()
    if id not in known:
        raise ValueError(f"model is “{id}”; there are {', '.join(known)}.")
    return known[id]
