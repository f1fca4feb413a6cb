"""The gateway's door, the tray, and the two steps by which a device comes to a chair."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kapstone.care.session.offered import MOST_BYTES
from kapstone.clinic.evaluation.queries import strip
from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest, posted_id, run
from kapstone.clinic.ground.people.who import may
from kapstone.clinic.session.chairs.queries import who_is_it
from kapstone.clinic.session.devices import actions, queries
from kapstone.clinic.session.devices.forms import ChooseForm, ConfirmForm, GatewayForm
from kapstone.clinic.session.queries import session_of


@csrf_exempt
@require_POST
def gateway(request: ActRequest) -> HttpResponse:
    """Takes a message of a gateway with its key; no cookie and no page has a part in it."""
    kind, _, key = request.headers.get("Authorization", "").partition(" ")
    found = queries.gateway_of(key.strip()) if kind == "Bearer" else None
    if found is None:
        return JsonResponse({"error": "Send the gateway's key as Authorization: Bearer."}, status=401)
    length = request.headers.get("Content-Length") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES:
        return JsonResponse({"error": f"The message is longer than {MOST_BYTES} bytes."}, status=413)
    reads = "hl7" if request.headers.get("Content-Type", "").startswith("application/hl7-v2") else "json"
    raw = actions.receive(found, reads, request.body, request.act.at)
    if raw.refused:
        return JsonResponse({"error": raw.refused, "id": str(raw.id)}, status=422)
    return JsonResponse({"id": str(raw.id)}, status=202)


def devices(request: ActRequest) -> HttpResponse:
    """What is heard, what stands nowhere, what was refused, and who may send."""
    act = request.act
    form, key = GatewayForm(act, request.POST or None), ""
    keeps = may(act, "device.keep")
    if request.method == "POST" and keeps and "end" in request.POST:
        actions.end_gateway(act, posted_id(request, "end"))
        return redirect("devices")
    made: list[str] = []
    if request.method == "POST" and run(
        form, lambda values: made.append(actions.make_gateway(act, values["name"], values["event_id"]))
    ):
        key = made[0]
    tray = queries.tray(act)
    opened(act, "devices", *{one.match.session.patient_id for one in tray if one.match})
    context = {
        "tray": tray, "refused": queries.refused(act), "keeps": keeps, "key": key,
        "gateways": queries.gateways(act) if keeps else [], "form": GatewayForm(act) if key else form,
    }  # fmt: skip
    return render(request, "session/devices/devices.html", context)


def device(request: ActRequest, session_id: UUID) -> HttpResponse:
    """The two steps: which device, and whether its screen shows the same."""
    act = request.act
    now = session_of(act, session_id, "session.chart")
    match = queries.match_of(session_id)
    if request.method == "POST" and "end" in request.POST:
        actions.end_match(act, session_id)
        messages.success(request, "The device stands here no more.")
        return redirect("session", session_id=session_id)
    chosen = match is not None and match.confirmed_at is None
    tray = queries.tray(act)
    free = [(one.device, one.device) for one in tray if one.match is None]
    choose = ChooseForm(free, request.POST if "device" in request.POST or "typed" in request.POST else None)
    initial = {"match": match.id} if match is not None else {}
    confirm = ConfirmForm(act, request.POST if "match" in request.POST else None, initial=initial)
    if request.method == "POST" and not choose.is_bound and not confirm.is_bound:
        choose = ChooseForm(free, request.POST)
    if choose.is_bound and run(
        choose, lambda values: actions.choose_device(act, session_id, values["device"], values["typed"])
    ):
        return redirect("session_device", session_id=session_id)
    if confirm.is_bound and run(
        confirm,
        lambda values: actions.confirm_device(
            act, session_id, values["match"], values["same"] == "yes", values["slots"] == "yes", values["event_id"]
        ),
    ):
        return redirect("session", session_id=session_id)
    opened(act, "device", now.session.patient_id)
    shows = next((one.values for one in tray if match is not None and one.device == match.device), "")
    context = {
        "patient": strip(act, now.session.patient), "now_session": now, "who": who_is_it(act.clinic, now),
        "match": match, "chosen": chosen, "free": free, "choose": choose, "confirm": confirm, "shows": shows,
    }  # fmt: skip
    return render(request, "session/devices/device.html", context)


@require_POST
def take(request: ActRequest, session_id: UUID) -> HttpResponse:
    """Takes what the device offers."""
    actions.take_offer(request.act, session_id, posted_id(request, "offer"))
    return redirect("session", session_id=session_id)
