"""What was truly given, read off the record for a forecast: when each part began, and how much of it."""

from decimal import Decimal

from kapstone.care.pharmacology import Basis, Drug, Given, Regimen, dose, model
from kapstone.care.plan import Format
from kapstone.care.quantities import elapsed_min

from .fold import SessionState


def given_regimen(state: SessionState, format_: Format) -> Regimen | None:
    """The dose as the record has it, in minutes from clock zero; None before a dose began.

    A dose that runs is taken as planned; one that was stopped by the part of its time that passed. Devices count when
    each was given. ValueError where the record holds no dose that can be read.
    """
    if state.clock_zero is None:
        return None
    if format_.fixed_doses:
        return _devices(state, format_)
    mg = float(Decimal(str(state.dose["mg"])))
    drug = Drug.KETAMINE if format_.racemic else Drug.ESKETAMINE
    if format_.id != "iv":
        return dose(drug, Basis.BASE, format_.id, mg, 0.0)
    planned = float(state.policy.number(f"plan.{format_.id}.duration_min"))
    if state.dose_end is None:
        return dose(drug, Basis.BASE, format_.id, mg, planned)
    ran = elapsed_min(state.clock_zero, state.dose_end)
    if not state.stopped:
        return dose(drug, Basis.BASE, format_.id, mg, ran)
    whole = dose(drug, Basis.BASE, format_.id, mg, max(planned, ran))
    return whole.stopped(ran) if ran > 0 else None


def _devices(state: SessionState, format_: Format) -> Regimen:
    assert state.clock_zero is not None
    size = model("perez-ruixo-2021").routes[format_.id].device_mg or 0.0
    times = [line.event.at_device for line in state.lines if line.event.kind == "device_given"]
    minutes = [0.0, *sorted(max(elapsed_min(state.clock_zero, at), 0.0) for at in times)]
    parts = tuple(Given(minute, size, 0.0, number) for number, minute in enumerate(minutes, 1))
    return Regimen(Drug.ESKETAMINE, format_.id, parts)
