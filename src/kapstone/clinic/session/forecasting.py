"""A forecast beside a session: of the dose that the record says was given, with the readings above it."""

from decimal import Decimal

from kapstone.care.pharmacology import Refusal
from kapstone.care.plan.forecast import dose_forecast
from kapstone.care.quantities import Mg, elapsed_min
from kapstone.care.session.given import given_dose, milestones_of
from kapstone.care.session.readings import Standing
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.plan.forecasts.pictures import concentration, drawing, pressure
from kapstone.clinic.plan.forecasts.queries import Shown, asked_of, of_forecast
from kapstone.clinic.session.queries import Seen

SWITCH = "session.forecast.on_session_page"
TODAY = "The age is that of the day of the dose; height and liver are as the evaluation has them today."


def switched_on(now: Seen) -> bool:
    """Whether the policy of this session has the forecast on the session's page. Older policies have no such line."""
    return SWITCH in now.policy.lines and now.policy.on(SWITCH)


def forecast_of(act: Act, now: Seen, *, uid: str = "given") -> Shown | None:
    """The forecast of what was given, with the pressures that were measured; None before a dose began."""
    zero = now.state.clock_zero
    if zero is None:
        return None
    try:
        given = given_dose(now.state, now.format)
        if given is None or given.regimen is None:
            return Shown(refused=" ".join(given.said) if given else "No dose was given.")
        regimen = given.regimen
        asked = asked_of(act, now.session.patient, Decimal(str(now.state.dose["weight_kg"])), at=zero)
        found = dose_forecast(asked, regimen)
    except Refusal as refusal:
        return Shown(refused=str(refusal))
    except (KeyError, ArithmeticError, ValueError):
        return Shown(refused="The record holds no dose and weight that can be read.")
    readings = [
        (round(elapsed_min(zero, at), 1), float(judged["sbp"].value))
        for at, judged in now.state.readings
        if "sbp" in judged and judged["sbp"].standing is Standing.USED
    ]
    drawings = []
    marks = milestones_of(now.state, now.format)
    if rise := pressure(found, now.state.baseline.get("sbp"), readings, marks):
        drawings.append(drawing(rise[0], f"{uid}-pressure"))
    drawings.append(drawing(concentration(found, marks), uid, found.parent.notes))
    return of_forecast(
        found, drawings, Mg(Decimal(str(round(regimen.mg, 2)))).per(asked.weight), (*given.said, TODAY)
    )
