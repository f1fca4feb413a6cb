"""The REMS of the setting and of one patient: certificate, enrolment, kits."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from kapstone.care.plan.esketamine import Enrolment
from kapstone.clinic.evaluation.queries import strip
from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest, posted_id, run
from kapstone.clinic.ground.people.queries import patient_of
from kapstone.clinic.ground.people.who import may
from kapstone.clinic.plan.esketamine import actions, queries
from kapstone.clinic.plan.esketamine.forms import CertificateForm, KitForm, KitStepForm, StepForm
from kapstone.clinic.plan.queries import running_course


def setting(request: ActRequest) -> HttpResponse:
    """The setting's certificate, everybody's enrolment, and the coming doses that lack something."""
    act, today = request.act, request.act.at.astimezone(request.act.clinic.zone).date()
    form = CertificateForm(request.POST or None, initial={"since": today})
    if request.method == "POST" and run(form, lambda values: actions.certify(act, values["since"], values["until"])):
        messages.success(request, "Written down. It counts from now on.")
        return redirect("rems")
    everybody, lacking = queries.enrolled_or_coming(act), queries.lacking(act)
    opened(act, "rems", *{one.id for one, _ in everybody}, *{one.dose.course.patient_id for one in lacking})
    certified = queries.certified(act.clinic)
    context = {
        "certificate": queries.certificate(act.clinic),
        "holds": certified is not None and certified.holds(today),
        "everybody": everybody,
        "lacking": lacking,
        "form": form,
        "keeps": may(act, "rems.keep"),
    }
    return render(request, "plan/esketamine/setting.html", context)


def enrolment(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """One patient: the enrolment with its steps, and the kits that a pharmacy sent."""
    act = request.act
    patient = patient_of(act, patient_id, "rems.see")
    stands, kits = queries.enrolment(patient), queries.kits_of(patient)
    today = act.at.astimezone(act.clinic.zone).date()
    step, kit, became, changed = _forms(request, stands, kits, {"on": today, "kit_on": today})
    saved = (
        run(step, lambda values: actions.step_enrolment(act, patient.id, values["step"], values["on"]))
        if step.is_bound
        else run(kit, lambda values: actions.expect_kit(act, patient.id, values["mg"], values["expected_on"]))
        if kit.is_bound
        else changed is not None
        and run(became[changed], lambda values: actions.step_kit(act, changed, values["kit_step"], values["kit_on"]))
    )
    if request.method == "POST" and saved:
        messages.success(request, "Written down.")
        return redirect("enrolment", patient_id=patient.id)
    course = running_course(act, patient)
    opened(act, "enrolment", patient.id)
    context = {
        "patient": strip(act, patient),
        "id": patient.id,
        "stands": stands,
        "steps": queries.steps_of(act, patient),
        "words": actions.STEP_WORDS,
        "kits": [(one, became.get(one.kit.id), _story(one)) for one in kits],
        "step": step,
        "kit": kit,
        "keeps": may(act, "rems.keep"),
        "weeks": queries.by_label(act, course) if course and queries.is_esketamine(course.format) else None,
    }
    return render(request, "plan/esketamine/enrolment.html", context)


def _forms(
    request: ActRequest, stands: Enrolment, kits: list[queries.KitSeen], initial: dict[str, Any]
) -> tuple[StepForm, KitForm, dict[UUID, KitStepForm], UUID | None]:
    """The page's forms, of which the one that was sent is bound."""
    sent = request.POST.get("form", "")
    data = request.POST or None
    changed = posted_id(request, "kit") if sent == "became" else None
    became = {
        one.kit.id: KitStepForm(
            one.steps, data if one.kit.id == changed else None, initial=initial, auto_id=f"kit_{one.kit.id}_%s"
        )
        for one in kits
        if one.steps or one.kit.id == changed
    }
    return (
        StepForm(stands.steps, data if sent == "step" else None, initial=initial),
        KitForm(data if sent == "kit" else None),
        became,
        changed if changed in became else None,
    )


def _story(seen: queries.KitSeen) -> list[str]:
    """A kit's steps in words, oldest first."""
    steps = sorted(seen.kit.steps.all(), key=lambda one: one.at)
    return [f"{actions.KIT_WORDS[one.step].lower()} on {one.on:%B} {one.on.day}, {one.by}" for one in steps]
