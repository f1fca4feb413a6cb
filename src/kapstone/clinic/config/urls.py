"""Every address. Each route says who may; one that does not keeps the server from starting."""

from django.urls import include, path

from kapstone.clinic.config import clock, demo, links, views
from kapstone.clinic.config.orders import views as orders
from kapstone.clinic.edges.live.views import door
from kapstone.clinic.ground.people.routes import ANYONE, DEMO, SIGNED_IN, route

urlpatterns = [
    path("", include("kapstone.clinic.guide.urls")),
    path("", include("kapstone.clinic.evaluation.urls")),
    path("", include("kapstone.clinic.plan.urls")),
    path("", include("kapstone.clinic.session.urls")),
    path("", include("kapstone.clinic.integration.urls")),
    path("", include("kapstone.clinic.outcomes.urls")),
    route("live/", door(lambda: clock.now()), "live", "session.see"),
    route("home/", views.home, "home", SIGNED_IN),
    route("me/", views.today, "today", "patient.today"),
    route("board/", views.board, "board", "staff.board"),
    route("board/changed/", views.board_changed, "board_changed", "staff.board"),
    route("orders/", orders.day_list, "orders_today", "order.sign"),
    route("orders/day/<str:on>/", orders.day_list, "orders_day", "order.sign"),
    route("patients/", views.patient_list, "patients", "patient.see"),
    route("patients/<uuid:patient_id>/", views.chart, "chart", "patient.open_chart"),
    route("policy/", views.policy, "policy", "policy.see"),
    route("ledger/", views.ledger, "ledger", "ledger.see"),
    route("display/", views.display, "display", ANYONE),
    route("crisis/", views.crisis, "crisis", ANYONE),
    route("credits/", views.credits_page, "credits", ANYONE),
    route("link/", links.ask, "link_ask", ANYONE),
    route("link/sent/", links.sent, "link_sent", ANYONE),
    route("link/<str:secret>/", links.open_link, "link_open", ANYONE),
    route("demo/", demo.door, "demo", DEMO),
    route("demo/mail/", demo.mail, "demo_mail", DEMO),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
]
