"""Reads a model's file, and says which name or unit is wrong where it is no model.

A file may stand on another (`base`) and adds to it. Everything it names must exist, and a formula reads parameters,
derived values, `weight_kg`, `age_years` and `dose_mg`, nothing else.
"""

import hashlib
import math
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from .expression import Expression, expression
from .shape import (
    ENANTIOMERS,
    GIVEN,
    SITES,
    UNITS,
    BadModel,
    Bound,
    Covariate,
    Flow,
    Into,
    Measured,
    Model,
    Parameter,
    Route,
)


def model_from(id: str, files: Mapping[str, str]) -> Model:
    """Reads the file of this id, and the ones it stands on. BadModel says what is wrong."""
    try:
        said, version = _said(id, files)
        return _model(id, version, said)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise BadModel(f"{id}.toml: {problem if isinstance(problem, ValueError) else repr(problem)}") from None


def _said(id: str, files: Mapping[str, str]) -> tuple[dict[str, Any], str]:
    said = tomllib.loads(files[id])
    version = hashlib.sha256(files[id].encode())
    if "base" not in said:
        return said, version.hexdigest()[:12]
    below, other = _said(said.pop("base"), files)
    version.update(other.encode())
    without = set(said.pop("without", ()))
    merged = below | said
    for name in ("parameters", "derived", "bounds"):
        merged[name] = below.get(name, {}) | said.get(name, {})
    for name in ("compartments", "flows", "covariates", "correlated"):
        merged[name] = [*below.get(name, []), *said.get(name, [])]
    merged["notes"] = [*said.get("notes", []), *below.get("notes", [])]
    merged["outputs"] = [one for one in below["outputs"] if one["id"] not in without] + said.get("outputs", [])
    if "site" in said:
        # Where the blood was taken that the absorption was fitted to, not where the disposition was.
        merged["outputs"] = [{**merged["outputs"][0], "site": said["site"]}, *merged["outputs"][1:]]
    return merged, version.hexdigest()[:12]


def _model(id: str, version: str, said: Mapping[str, Any]) -> Model:
    parameters = {name: _parameter(name, row) for name, row in said["parameters"].items()}
    made = Model(
        id=id,
        version=version,
        title=said["title"],
        drug=said["drug"],
        kind=said["kind"],
        cites=said["cites"],
        url=said["url"],
        standing=said["standing"],
        population=said["population"],
        people=said["n"],
        notes=tuple(said.get("notes", ())),
        parameters=parameters,
        correlated={(row["between"][0], row["between"][1]): row["covariance"] for row in said.get("correlated", ())},
        derived={name: expression(text) for name, text in said.get("derived", {}).items()},
        covariates={row["name"]: _covariate(row) for row in said.get("covariates", ())},
        compartments=tuple(said["compartments"]),
        flows=tuple(Flow(row["from"], row.get("to"), expression(row["rate"])) for row in said["flows"]),
        eliminates=tuple(said["eliminates"]),
        routes={name: _route(row) for name, row in said["routes"].items()},
        outputs={row["id"]: _measured(row) for row in said["outputs"]},
        bounds={name: _bound(row) for name, row in said["bounds"].items()},
    )
    _hold(made)
    return made


def _parameter(name: str, row: Mapping[str, Any]) -> Parameter:
    if row["unit"] not in UNITS:
        raise ValueError(f"the unit of {name} is “{row['unit']}”; give one of {', '.join(UNITS)}.")
    between = row.get("sd_logit", math.sqrt(row.get("omega2", math.log(1 + row.get("cv", 0.0) ** 2))))
    return Parameter(
        name=name,
        value=row["value"] * UNITS[row["unit"]],
        typical=expression(row["typical"]) if "typical" in row else None,
        between=between,
        occasion=math.sqrt(row.get("occasion_omega2", 0.0)),
        uncertain=row.get("uncertain", 0.0),
        logit="sd_logit" in row,
        borrowed=row.get("borrowed", ""),
        limit=row.get("limit", math.inf),
    )


def _covariate(row: Mapping[str, Any]) -> Covariate:
    return Covariate(row["name"], row["question"], row["otherwise"], row["factors"], row.get("widens", False))


def _route(row: Mapping[str, Any]) -> Route:
    return Route(
        inputs=tuple(_into(one) for one in row["inputs"]),
        later_devices={name: expression(text) for name, text in row.get("later_devices", {}).items()},
        device_mg=row.get("device_mg"),
        device_gap_min=row.get("device_gap_min", 0.0),
        studied={name: (low, high) for name, (low, high) in row["studied"].items()},
        studied_note=row.get("studied_note", ""),
        possible={name: (low, high) for name, (low, high) in row.get("possible", row["studied"]).items()},
        fastest=row.get("fastest_mg_per_kg_per_min"),
        longest_min=row.get("longest_min"),
    )


def _into(row: Mapping[str, str]) -> Into:
    over = row.get("over")
    return Into(
        row["to"],
        expression(row["share"]) if "share" in row else None,
        over if over is None or over == GIVEN else expression(over),
    )


def _measured(row: Mapping[str, Any]) -> Measured:
    if row["site"] not in SITES:
        raise ValueError(f"the site of {row['id']} is “{row['site']}”; give one of {', '.join(SITES)}.")
    if row["enantiomer"] not in ENANTIOMERS:
        raise ValueError(f"{row['id']} is “{row['enantiomer']}”; give one of {', '.join(ENANTIOMERS)}.")
    return Measured(
        id=row["id"],
        enantiomer=row["enantiomer"],
        site=row["site"],
        compartment=row["amount"],
        volume=row["volume"],
        molar=row.get("molar"),
        composed=row.get("composed", False),
        residual_sd=row["residual_sd"],
        residual_additive=row.get("residual_additive", 0.0),
        residual_note=row.get("residual_note", ""),
    )


def _bound(row: Mapping[str, Any]) -> Bound:
    return Bound(_pair(row.get("hard")), _pair(row.get("soft")), row["why"])


def _pair(said: list[float] | None) -> tuple[float, float] | None:
    return (said[0], said[1]) if said else None


def _hold(made: Model) -> None:
    """Every name stands for something. ValueError names the first that does not."""
    known = {*made.parameters, *made.derived, "weight_kg", "age_years", "dose_mg"}
    formulas: list[Expression] = [flow.rate for flow in made.flows]
    formulas += made.derived.values()
    formulas += [one.typical for one in made.parameters.values() if one.typical]
    places: list[str] = []
    for route in made.routes.values():
        formulas += route.later_devices.values()
        for one in route.inputs:
            places.append(one.to)
            formulas += [each for each in (one.share, one.over) if isinstance(each, Expression)]
    places += [end for flow in made.flows for end in (flow.source, flow.target) if end is not None]
    places += [one.compartment for one in made.outputs.values()]
    named = [*made.eliminates, *(one.volume for one in made.outputs.values())]
    named += [name for pair in made.correlated for name in pair]
    named += [name for one in made.covariates.values() for row in one.factors.values() for name in row]
    _each_in("compartment", places, made.compartments)
    _each_in("parameter", named, made.parameters)
    _each_in("value", (name for each in formulas for name in each.names), known)


def _each_in(what: str, names: Iterable[str], known: Iterable[str]) -> None:
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise ValueError(f"there is no {what} “{unknown[0]}”.")
