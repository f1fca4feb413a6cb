"""libroadrunner: SBML models by CVODE, one person after the other."""

import numpy as np

from .problem import Array, Problem, Solver

NAME, GENERAL = "libroadrunner CVODE", True
PEOPLE = 300
"""It is far slower; so many people are timed, and the rate stands for all."""
RTOL, ATOL = 5e-8, 1e-12
NAMES = ("k10", "k12", "k21", "n10", "n12", "n21")


def _of(operator: str, *parts: str) -> str:
    """A piece of MathML from its operator and parts."""
    return f"<apply><{operator}/>{''.join(parts)}</apply>"


def _flow(rate: str, amount: str) -> str:
    return _of("times", f"<ci>{rate}</ci>", f"<ci>{amount}</ci>")


def _change(comes: list[str], goes: list[str]) -> str:
    return _of("minus", _of("plus", "<cn>0</cn>", *comes), _of("plus", "<cn>0</cn>", *goes))


EQUATIONS = {
    "c": _change(["<ci>r</ci>", _flow("k21", "p")], [_flow("k10", "c"), _flow("k12", "c")]),
    "p": _change([_flow("k12", "c")], [_flow("k21", "p")]),
    "n": _change([_flow("k10", "c"), _flow("n21", "m")], [_flow("n10", "n"), _flow("n12", "n")]),
    "m": _change([_flow("n12", "n")], [_flow("n21", "m")]),
}
MATH = '<math xmlns="http://www.w3.org/1998/Math/MathML">'


def solver(asked: Problem) -> Solver:
    """ImportError where it is not installed."""
    import roadrunner

    runner = roadrunner.RoadRunner(_sbml(asked))
    runner.integrator.relative_tolerance, runner.integrator.absolute_tolerance = RTOL, ATOL
    runner.timeCourseSelections = ["time", "c", "n"]
    points, until = len(asked.times_h), float(asked.times_h[-1])
    out = np.empty((2, points, PEOPLE))

    def solve() -> Array:
        for person in range(PEOPLE):
            runner.resetAll()
            for name, value in zip(NAMES, asked.rates[:, person], strict=True):
                runner[name] = value
            found = np.asarray(runner.simulate(0, until, points))
            out[:, :, person] = 1000 * found[:, 1:].T / asked.volumes[:, [person]]
        return out

    return solve


def _sbml(asked: Problem) -> str:
    """The four rate equations and the end of the infusion as SBML level 3."""
    constants = "".join(f'<parameter id="{name}" value="1" constant="true"/>' for name in NAMES)
    amounts = "".join(f'<parameter id="{name}" value="0" constant="false"/>' for name in EQUATIONS)
    rules = "".join(f'<rateRule variable="{name}">{MATH}{text}</math></rateRule>' for name, text in EQUATIONS.items())
    time = '<csymbol encoding="text" definitionURL="http://www.sbml.org/sbml/symbols/time">t</csymbol>'
    return (
        '<?xml version="1.0" encoding="UTF-8"?><sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" '
        f'version="1"><model id="m"><listOfParameters>{constants}{amounts}'
        f'<parameter id="r" value="{asked.mg_per_h}" constant="false"/></listOfParameters>'
        f'<listOfRules>{rules}</listOfRules><listOfEvents><event id="stop" useValuesFromTriggerTime="true">'
        f'<trigger initialValue="false" persistent="true">{MATH}{_of("geq", time, f"<cn>{asked.hours}</cn>")}</math>'
        f'</trigger><listOfEventAssignments><eventAssignment variable="r">{MATH}<cn>0</cn></math></eventAssignment>'
        "</listOfEventAssignments></event></listOfEvents></model></sbml>"
    )
