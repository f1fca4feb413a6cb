"""Addresses of the plan."""

from kapstone.clinic.ground.people.routes import ANYONE, route
from kapstone.clinic.plan import views
from kapstone.clinic.plan.authorisation import views as authorisation
from kapstone.clinic.plan.calendar import views as calendar
from kapstone.clinic.plan.consent import views as consent
from kapstone.clinic.plan.course import views as course
from kapstone.clinic.plan.esketamine import views as esketamine
from kapstone.clinic.plan.forecasts import views as forecasts
from kapstone.clinic.plan.licences import views as licences
from kapstone.clinic.plan.money import views as money
from kapstone.clinic.plan.ordering import views as ordering
from kapstone.clinic.plan.touch import views as touch
from kapstone.clinic.plan.waiting import views as waiting

urlpatterns = [
    route("me/consent/", consent.consent, "consent", "consent.sign"),
    route("me/consent/<str:drug>/print/", consent.my_copy, "consent_my_copy", "consent.sign"),
    route("me/consent/<str:drug>/back/", consent.back, "consent_back", "consent.sign"),
    route("me/consent/<str:drug>/heard/<str:word>/", consent.heard, "consent_heard", "consent.sign"),
    route("me/consent/<str:drug>/<str:key>/", consent.step, "consent_step", "consent.sign"),
    route("patients/<uuid:patient_id>/consent/", consent.review, "consent_review", "consent.review"),
    route("patients/<uuid:patient_id>/consent/<str:drug>/back/", consent.told_back, "told_back", "consent.review"),
    route("patients/<uuid:patient_id>/consent/<str:drug>/print/", consent.copy, "consent_copy", "consent.review"),
    route("me/touch/", touch.my_touch, "my_touch", "patient.today"),
    route("patients/<uuid:patient_id>/touch/", touch.touch, "touch", "touch.see"),
    route("patients/<uuid:patient_id>/touch/none/", touch.no_touch, "no_touch", "touch.keep"),
    route("consent/cost/", consent.cost, "consent_cost", "cost.state"),
    route("me/care-plan/", course.care_plan, "care_plan", "patient.today"),
    route("patients/<uuid:patient_id>/course/", course.course, "course", "patient.open_chart"),
    route("me/plan/", views.my_plan, "my_plan", "patient.today"),
    route("patients/<uuid:patient_id>/course/new/", views.new_course, "new_course", "course.plan"),
    route("patients/<uuid:patient_id>/course/end/", views.end, "end_course", "course.plan"),
    route("patients/<uuid:patient_id>/forecast/", forecasts.forecast, "forecast", "forecast.see"),
    route("rems/", esketamine.setting, "rems", "rems.see"),
    route("patients/<uuid:patient_id>/rems/", esketamine.enrolment, "enrolment", "rems.see"),
    route("patients/<uuid:patient_id>/authorisation/", authorisation.authorisation, "authorisation", "payer.see"),
    route("licences/", licences.licences, "licences", "licence.see"),
    route("prices/", money.prices, "prices", "price.keep"),
    route("patients/<uuid:patient_id>/money/", money.money, "money", "money.see"),
    route("calendar/", calendar.day, "calendar", "booking.see"),
    route("calendar/day/<str:on>/", calendar.day, "calendar_day", "booking.see"),
    route("calendar/week/", calendar.week_page, "calendar_this_week", "booking.see"),
    route("calendar/week/<str:on>/", calendar.week_page, "calendar_week", "booking.see"),
    route("calendar/hours/", calendar.hours_page, "hours", "hours.see"),
    route("calendar/hours/end/", calendar.end_hours, "end_hours", "hours.keep"),
    route("calendar/touched/", calendar.touched, "touched", "booking.keep"),
    route("doses/<uuid:dose_id>/visit/", calendar.move_visit, "move_visit", "booking.keep"),
    route("preparations/<uuid:booking_id>/move/", calendar.move_preparation, "move_preparation", "booking.keep"),
    route("calendar/waiting/", waiting.wait_list, "waiting", "booking.keep"),
    route("doses/<uuid:dose_id>/wait/", waiting.put_on, "wait_for", "booking.keep"),
    route("me/doses/<uuid:dose_id>/wait/", waiting.my_wait, "my_wait", "booking.move_own"),
    route("calendar/feed/", calendar.feed, "feed", "account.keep"),
    route("calendar/feed/<str:secret>/calendar.ics", calendar.feed_file, "feed_file", ANYONE),
    route("doses/<uuid:dose_id>/move/", calendar.move, "move_dose", "booking.keep"),
    route("me/doses/<uuid:dose_id>/move/", calendar.move_mine, "move_mine", "booking.move_own"),
    route("patients/<uuid:patient_id>/times/", calendar.patient_times, "patient_times", "booking.keep"),
    route("me/mails/", calendar.my_mails, "my_mails", "booking.move_own"),
    route("me/times/", calendar.my_times, "my_times", "booking.move_own"),
    route("doses/<uuid:dose_id>/orders/", ordering.orders, "orders", "order.sign"),
]
