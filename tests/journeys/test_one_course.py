"""One patient's whole course, from a question on the public site to the next step, with forms that need no script.

Every page that the walk meets is looked at again at phone, tablet and desk, in light and dark.
"""

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from kapstone.care.plan.consent import Drug, consent_text
from tests.journeys.conftest import PASSWORD, Server, new_person
from tests.journeys.looking import problems

pytestmark = pytest.mark.journey
LOOK = os.environ.get("KAPSTONE_LOOK", "yes") == "yes"
PICTURES = os.environ.get("KAPSTONE_PICTURES", "")


class Walk:
    """Everybody's browser, and the pages met so far."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.browser, self.server = browser, server
        self.people: dict[str, BrowserContext] = {}
        self.met: set[str] = set()
        self.wrong: list[str] = []
        self.hosts: set[str] = set()

    def page_of(self, who: str) -> Page:
        """This person's page; the browser runs no scripts."""
        if who not in self.people:
            self.people[who] = new_person(self.browser, self.server, scripts=False)
            self.people[who].new_page()
        return self.people[who].pages[0]

    def meet(self, page: Page, name: str) -> None:
        """Looks at a page with scripts on, once for each name."""
        assert "Something broke" not in page.content()
        if not LOOK or name in self.met:
            return
        self.met.add(name)
        looking = self.browser.new_context(storage_state=page.context.storage_state(), base_url=self.server.url)
        view = looking.new_page()
        view.on("request", lambda asked: self.hosts.add(urlsplit(asked.url).netloc))
        view.goto(page.url)
        folder = Path(PICTURES) if PICTURES else None
        self.wrong += problems(view, folder, name)
        looking.close()

    def staff(self, role: str) -> Page:
        """Somebody of this role, signed in with their password."""
        fresh = role not in self.people
        page = self.page_of(role)
        if fresh:
            page.goto("/accounts/login/")
            self.meet(page, "sign-in-staff")
            page.get_by_label("Email").fill(self.server.staff[role])
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign In", exact=True).click()
            expect(page).to_have_url(re.compile("/board/"))
        return page


@pytest.fixture
def walk(browser: Browser, clinic: Server) -> Walk:
    return Walk(browser, clinic)


@pytest.mark.mitigates("M-157")
def test_one_course_from_question_to_next_step(walk: Walk) -> None:
    the_director_signs_the_policy(walk)
    the_lead_writes_down_licences_and_prices(walk)
    somebody_asks(walk)
    the_front_desk_invites(walk)
    the_patient_answers(walk)
    the_prescriber_decides(walk)
    the_patient_consents(walk)
    the_prescriber_plans_a_course(walk)
    the_prescriber_looks_at_forecasts(walk)
    the_calendar_keeps_what_belongs_together(walk)
    the_dose_day(walk)
    the_patient_writes(walk)
    the_therapist_keeps_the_visit(walk)
    the_patient_answers_again(walk)
    the_prescriber_chooses_the_next_step(walk)
    everybody_has_a_page(walk)
    assert not walk.wrong, "\n".join(walk.wrong)
    assert walk.hosts <= {urlsplit(walk.server.url).netloc}, "a page asked a third party"


def the_director_signs_the_policy(walk: Walk) -> None:
    page = walk.staff("medical_director")
    expect(page.get_by_text("No policy is signed")).to_be_visible()
    page.goto("/policy/")
    walk.meet(page, "policy")
    page.get_by_role("button", name="Sign version 1").click()
    expect(page.get_by_text("In force: version 1")).to_be_visible()


def the_lead_writes_down_licences_and_prices(walk: Walk) -> None:
    """Who may give rests on a licence on record; what it costs is said before anybody books."""
    page = walk.staff("clinic_lead")
    page.goto("/licences/")
    walk.meet(page, "licences-empty")
    for who, licence in (("Dr. Iris Lee", "Physician (MD)"), ("Noor Haddad", "Registered nurse")):
        page.get_by_label("Who", exact=True).select_option(label=who)
        page.get_by_label(licence).check()
        page.get_by_label("Number").fill("CT-1042")
        page.get_by_label("Until").fill("2029-06-30")
        page.get_by_role("button", name="Write it down").click()
        expect(page.get_by_text("Written down.").first).to_be_visible()
    walk.meet(page, "licences")
    page.goto("/prices/")
    page.get_by_label("A dose, IV infusion").fill("450")
    page.get_by_label("A visit after a dose").fill("150")
    page.get_by_label("When somebody cancels").fill("Free until two days before. Stopping a dose is never charged.")
    page.get_by_role("button", name="Save the prices").click()
    walk.meet(page, "prices")
    page.goto("/rems/")
    page.get_by_label("Certified from").fill("2026-06-01")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("This setting is certified")).to_be_visible()
    walk.meet(page, "rems")


def somebody_asks(walk: Walk) -> None:
    page = walk.page_of("sam")
    page.goto("/")
    page.get_by_role("link", name="How it works").click()
    expect(page.get_by_role("heading", name="What is not known")).to_be_visible()
    walk.meet(page, "how-it-works")
    page.get_by_role("link", name="Back to the guide").click()
    walk.meet(page, "public-home")
    page.get_by_role("link", name="Ask Harbor Clinic").click()
    walk.meet(page, "enquire")
    page.get_by_label("Your name").fill("Sam Rivera")
    page.get_by_label("Email").fill("not an address")
    page.get_by_label("What would you like to ask?").fill("Two medicines did not help. Could this?")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Email: write it like name@example.com.").first).to_be_visible()
    expect(page.get_by_label("What would you like to ask?")).to_have_value("Two medicines did not help. Could this?")
    page.get_by_label("Email").fill("sam@patients.example")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you for writing")).to_be_visible()
    walk.meet(page, "enquiry-sent")
    for address in ("/numbers/", "/credits/", "/crisis/", "/nothing-here/"):
        page.goto(address)
        walk.meet(page, address.strip("/"))


def the_front_desk_invites(walk: Walk) -> None:
    page = walk.staff("front_desk")
    page.get_by_role("link", name="Enquiries", exact=True).first.click()
    walk.meet(page, "enquiries")
    page.get_by_role("link", name="Sam Rivera").click()
    walk.meet(page, "enquiry")
    page.get_by_label("Date of birth").fill("27.3.1984")
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_text("Date of birth: write year, month, day").first).to_be_visible()
    page.get_by_label("Date of birth").fill("1984-03-27")
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_text("Sam Rivera is invited")).to_be_visible()
    mail = walk.server.newest_mail()
    assert "ketamine" not in mail.lower()
    assert "depression" not in mail.lower()


def the_patient_answers(walk: Walk) -> None:
    page = walk.page_of("sam")
    page.goto("/me/")
    walk.meet(page, "link-ask")
    page.get_by_label("Your email").fill("sam@patients.example")
    page.get_by_role("button", name="Send me a link").click()
    walk.meet(page, "link-sent")
    link = re.search(r"http://\S+/link/\S+", walk.server.newest_mail())
    assert link
    page.goto(link[0])
    page.get_by_role("button", name="Go to my pages").click()
    expect(page.get_by_role("heading", name="Hello, Sam Rivera")).to_be_visible()
    walk.meet(page, "today-new")
    page.get_by_role("link", name="Answer our questions").click()
    walk.meet(page, "intake")
    page.get_by_role("link", name="How I have felt").click()
    walk.meet(page, "phq-9-question")
    page.get_by_role("link", name="Show all questions as a list").click()
    walk.meet(page, "phq-9")
    answer_phq_9(page, [3, 3, 2, 2, 2, 2, 2, 1, 1])
    expect(page.get_by_role("heading", name="Thank you for telling us")).to_be_visible()
    walk.meet(page, "safe")
    page.goto("/me/intake/")
    page.get_by_role("link", name="My safety").click()
    walk.meet(page, "asq-question")
    for _ in range(4):
        page.get_by_label("No", exact=True).check()
        page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="My health").click()
    walk.meet(page, "my-health")
    page.get_by_label("Yes", exact=True).first.check()
    page.get_by_role("button", name="No to the rest").click()
    page.get_by_role("link", name="Back").click()
    for _ in range(7):
        page.get_by_role("button", name="None of these").click()
    page.get_by_role("link", name="Medicines I take now").click()
    page.get_by_label("Medicine 1").fill("lisinoprill")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("We do not know “lisinoprill”").first).to_be_visible()
    walk.meet(page, "medicines-meant")
    page.get_by_role("button", name="I take no medicines").click()
    page.get_by_role("link", name="What I have tried").click()
    page.get_by_label("Medicine 1").fill("sertraline")
    page.get_by_label("Medicine 2").fill("venlafaxine")
    walk.meet(page, "tried")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("link", name="Height, weight and allergies").click()
    page.get_by_label("or in feet").fill("5")
    page.get_by_label("and inches").fill("8")
    page.get_by_label("Weight", exact=True).fill("154")
    page.get_by_label("Pounds").check()
    page.get_by_label("Allergies").fill("penicillin")
    walk.meet(page, "about-me")
    page.get_by_role("button", name="Save and continue").click()
    walk.meet(page, "intake-done")
    page.get_by_role("link", name="Check my answers and send").click()
    walk.meet(page, "check-answers")
    page.get_by_role("button", name="Send to my care team").click()
    expect(page.get_by_text("Sent to your care team")).to_be_visible()
    used = new_person(walk.browser, walk.server, scripts=False).new_page()
    used.goto(link[0])
    used.get_by_role("button", name="Go to my pages").click()
    expect(used.get_by_role("heading", name="This link does not work any more")).to_be_visible()


def answer_phq_9(page: Page, points: list[int]) -> None:
    words = ["Not at all", "Several days", "More than half the days", "Nearly every day"]
    groups = page.get_by_role("group").all()
    assert len(groups) == 9
    for group, value in zip(groups, points, strict=True):
        group.get_by_label(words[value], exact=True).check()
    page.get_by_role("button", name="Save my answers").click()


def the_prescriber_decides(walk: Walk) -> None:
    on_call = walk.staff("on_call")
    on_call.goto("/concerns/")
    walk.meet(on_call, "concerns")
    on_call.get_by_role("link", name="Sam Rivera").click()
    walk.meet(on_call, "concern")
    on_call.get_by_role("button", name="Take").click()
    on_call.get_by_label("By phone").check()
    on_call.get_by_label("What you did").fill("Called at once. No plan, safe tonight, will call again tomorrow.")
    walk.meet(on_call, "concern-taken")
    on_call.get_by_role("button", name="Save").click()
    expect(on_call.get_by_text("No open concern.")).to_be_visible()
    page = walk.staff("prescriber")
    page.get_by_role("link", name="Sam Rivera").first.click()
    walk.meet(page, "verdict-open")
    page.get_by_role("link", name="Decide").click()
    walk.meet(page, "decide")
    page.get_by_label("Offer treatment").check()
    page.get_by_label("Your reason").fill("Two trials failed, moderately severe, no contraindication found.")
    page.get_by_label("What the patient will read").fill("We can offer treatment. Next we plan the days together.")
    page.get_by_role("button", name="Sign the decision").click()
    expect(page.get_by_text("No format is open").first).to_be_visible()
    expect(page.get_by_label("Your reason")).to_have_value(re.compile("Two trials failed"))
    page.goto(page.url.replace("decide/", "asked/"))
    walk.meet(page, "asked")
    answer_what_is_missing(page)
    for number in (1, 2):
        trial = page.get_by_role("group", name=f"Trial {number}")
        trial.get_by_label("Weeks").fill("8")
        trial.get_by_label("At an effective dose").select_option("yes")
        trial.get_by_label("Improvement").fill("10")
        trial.get_by_label("Stopped for side effects").select_option("no")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The verdict is worked out again")).to_be_visible()
    walk.meet(page, "verdict")
    page.get_by_role("link", name="Decide").click()
    page.get_by_label("Offer treatment").check()
    page.get_by_label("Your reason").fill("Two trials failed, moderately severe, no contraindication found.")
    page.get_by_label("What the patient will read").fill("We can offer treatment. Next we plan the days together.")
    page.get_by_role("button", name="Sign the decision").click()
    expect(page.get_by_text("Treatment offered")).to_be_visible()


YES = ("Diagnosis confirmed", "Capacity documented", "An antidepressant by mouth")
NUMBERS = {"QTc": "410", "MADRS": "30", "AUDIT": "2", "DAST": "0", "Height": "172", "Weight": "70"}


def answer_what_is_missing(page: Page) -> None:
    """Answers each question under “Still to ask”, as a clinician who finds nothing in the way."""
    section = page.get_by_role("region", name="Still to ask")
    for group in section.get_by_role("group").all():
        words = group.locator("legend").inner_text()
        group.get_by_label("Yes" if words.startswith(YES) else "No", exact=True).check()
    for box in section.get_by_role("combobox").all():
        box.select_option({"Diagnosis": "mdd", "Indication": "trd"}.get(name_of(box).split()[0], "none"))
    for box in section.get_by_role("textbox").all():
        name = name_of(box)
        day = "day" in name.lower() or "last" in name.lower()
        number = next((value for words, value in NUMBERS.items() if name.startswith(words)), "0.6")
        box.fill("2027-02-23" if day else number)


def name_of(box: Locator) -> str:
    """The words of the label of an input."""
    return str(box.evaluate("box => box.labels[0].innerText"))


def the_patient_consents(walk: Walk) -> None:
    page = walk.page_of("sam")
    page.goto("/me/")
    page.get_by_role("link", name="Read and sign the consent").click()
    walk.meet(page, "consent")
    page.get_by_role("link", name=re.compile("^Start ?: Ketamine")).click()
    text = consent_text(Drug.RACEMIC)
    for one in text.pages:
        expect(page.get_by_role("heading", level=1)).to_have_text(one.heading)
        walk.meet(page, f"consent-{one.key}")
        page.get_by_role("button", name="Continue").click()
    for one in text.questions:
        wrong = next(option for option in one.options if option.key != one.right)
        page.get_by_label(wrong.words, exact=True).check()
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_text(one.explain)).to_be_visible()
        walk.meet(page, f"consent-ask-{one.key}")
        page.get_by_label(next(option.words for option in one.options if option.key == one.right), exact=True).check()
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_text("That is right.")).to_be_visible()
    walk.meet(page, "consent-sign")
    page.get_by_label("Type your full name").fill("Sam River")
    page.get_by_role("button", name="I agree").click()
    expect(page.get_by_text("Type your name as we have it: Sam Rivera.").first).to_be_visible()
    page.get_by_label("Type your full name").fill("sam rivera")
    page.get_by_role("button", name="I agree").click()
    expect(page.get_by_text("Signed. You can take it back")).to_be_visible()
    page.get_by_role("link", name="Read or print what you signed").click()
    walk.meet(page, "consent-copy")


def the_prescriber_plans_a_course(walk: Walk) -> None:
    page = walk.staff("prescriber")
    page.goto("/patients/")
    walk.meet(page, "patients")
    page.get_by_role("link", name="Sam Rivera").click()
    walk.meet(page, "chart-new")
    page.get_by_role("link", name="Plan a course").click()
    walk.meet(page, "new-course")
    page.get_by_label("Format").select_option("iv")
    page.get_by_label("Dose", exact=True).fill("350")
    page.get_by_label("Weight", exact=True).fill("70")
    page.get_by_label("Number of doses").fill("6")
    page.get_by_label("First day").fill("2027-03-02")
    page.get_by_label("Preparation visits before the first dose").fill("0")
    page.get_by_label("Not", exact=True).check()
    page.get_by_label("Not before").select_option("09:00")
    page.get_by_label("A visit 24 to 48 hours after each dose").check()
    page.get_by_label("Therapist for the visits").select_option(label="Tom Okafor")
    page.get_by_role("button", name="Look at the dates").click()
    expect(page.get_by_text("3 ways to book it")).to_be_visible()
    page.get_by_role("button", name="Sign and book").click()
    expect(page.get_by_text("hard limit of").first).to_be_visible()
    page.get_by_label("Dose", exact=True).fill("35")
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_text("0.5 mg/kg").first).to_be_visible()
    page.get_by_role("button", name="Sign and book").click()
    expect(page.get_by_text("The course is signed and booked.")).to_be_visible()
    walk.meet(page, "chart-planned")
    page.get_by_role("link", name="The whole course").click()
    expect(page.get_by_text("No gain after four to six doses.")).to_be_visible()
    walk.meet(page, "course")
    page.goto(page.url.replace("course/", "rems/"))
    page.get_by_label("Form sent").check()
    page.get_by_role("button", name="Write the step").click()
    expect(page.get_by_text("Form sent, not confirmed")).to_be_visible()
    page.get_by_label("Kit", exact=True).fill("56")
    page.get_by_role("button", name="Expect the kit").click()
    walk.meet(page, "enrolment")
    desk = walk.staff("front_desk")
    desk.goto("/patients/")
    walk.meet(desk, "patients-desk")
    desk.get_by_role("link", name="Payer of Sam Rivera").click()
    desk.get_by_label("Ketamine", exact=True).check()
    desk.get_by_label("Units").fill("2")
    desk.get_by_label("First day").fill("2027-03-01")
    desk.get_by_label("Last day").fill("2027-05-12")
    desk.get_by_role("button", name="Write it down").click()
    expect(desk.get_by_text("2 units left, ends 12 May")).to_be_visible()
    walk.meet(desk, "authorisation")
    desk.goto(desk.url.replace("authorisation/", "money/"))
    desk.get_by_label("Amount").fill("300")
    desk.get_by_label("Card").check()
    desk.get_by_role("button", name="Write it down").click()
    expect(desk.get_by_text("$300.00, card")).to_be_visible()
    walk.meet(desk, "money")
    desk.goto(desk.url.replace("money/", "times/"))
    walk.meet(desk, "patient-times")
    page.goto(page.url.replace("rems/", ""))


def the_prescriber_looks_at_forecasts(walk: Walk) -> None:
    page = walk.staff("prescriber")
    page.get_by_role("link", name="Forecast of a dose").click()
    walk.meet(page, "forecast-empty")
    page.get_by_role("button", name="Show the forecast").click()
    expect(page.get_by_text("35 mg of ketamine (base), 0.5 mg/kg")).to_be_visible()
    walk.meet(page, "forecast")
    page.get_by_label("Format").select_option("in-esketamine")
    page.get_by_label("Dose, in total").fill("84")
    page.get_by_role("button", name="Show the forecast").click()
    page.get_by_label("What does the patient say of their ancestry").select_option("asian")
    page.get_by_role("button", name="Show the forecast").click()
    expect(page.get_by_text("84 mg of esketamine (base)")).to_be_visible()
    walk.meet(page, "forecast-spray")
    page.get_by_label("Format").select_option("iv")
    page.get_by_label("Dose, in total").fill("105")
    page.get_by_role("button", name="Show the forecast").click()
    expect(page.get_by_text("Drawn grey")).to_be_visible()
    walk.meet(page, "forecast-grey")
    page.get_by_label("Dose, in total").fill("3500")
    page.get_by_role("button", name="Show the forecast").click()
    expect(page.get_by_text("Is the unit right: mg or mg/kg?")).to_be_visible()
    walk.meet(page, "forecast-refused")


def the_calendar_keeps_what_belongs_together(walk: Walk) -> None:
    """The desk moves a dose with its visit, a therapist is away, and the patient chooses another time."""
    page = walk.staff("front_desk")
    page.goto("/calendar/day/2027-03-02/")
    expect(page.get_by_text("Sam Rivera").first).to_be_visible()
    walk.meet(page, "calendar-day")
    page.goto("/calendar/week/2027-03-02/")
    walk.meet(page, "calendar-week")
    page.goto("/calendar/day/2027-03-09/")
    page.get_by_role("link", name="Move").first.click()
    walk.meet(page, "move-a-dose")
    page.locator("input[name=shown]").nth(1).check()
    page.get_by_role("button", name="Move both").click()
    expect(page.get_by_text("Moved, with its visit.")).to_be_visible()
    page.goto("/calendar/hours/")
    walk.meet(page, "hours")
    page.get_by_label("Who is away").select_option(label="Tom Okafor")
    page.get_by_label("From", exact=True).first.fill("2027-03-17 00:00")
    page.get_by_label("Until").fill("2027-03-19 00:00")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("heading", name="What cannot stay as it is")).to_be_visible()
    walk.meet(page, "touched")
    page.get_by_role("button", name="Move them all").click()
    page.goto("/calendar/touched/")
    expect(page.get_by_text("Everything that is booked can be as it stands.")).to_be_visible()
    page.goto("/calendar/feed/")
    page.get_by_role("button", name="Make an address").click()
    walk.meet(page, "feed")
    mine = walk.page_of("sam")
    mine.goto("/me/times/")
    walk.meet(mine, "my-times")
    mine.goto("/me/care-plan/")
    expect(mine.get_by_text("Whom I call")).to_be_visible()
    walk.meet(mine, "care-plan")
    mine.goto("/me/plan/")
    mine.get_by_role("link", name="Another time").last.click()
    walk.meet(mine, "move-mine")
    mine.locator("input[name=shown]").last.check()
    mine.get_by_role("button", name="Move to this time").click()
    expect(mine.get_by_text("Moved. Your visit moved with it.")).to_be_visible()
    walk.meet(mine, "my-plan")
    mine.get_by_role("link", name="Earlier, if freed").last.click()
    mine.get_by_role("button", name="Put me on the wait list").click()
    walk.meet(mine, "my-wait")
    page.goto("/calendar/waiting/")
    expect(page.get_by_text("Sam Rivera").first).to_be_visible()
    walk.meet(page, "wait-list")


def the_dose_day(walk: Walk) -> None:
    walk.server.set_clock(datetime(2027, 3, 2, 14, 0, tzinfo=UTC))
    doctor, nurse = walk.staff("prescriber"), walk.staff("nurse")
    doctor.goto("/orders/")
    walk.meet(doctor, "orders-day")
    doctor.goto("/board/")
    doctor.get_by_role("link", name="Orders for Sam Rivera").first.click()
    walk.meet(doctor, "orders")
    orders = doctor.url
    doctor.get_by_label("Dose today").fill("35")
    first = doctor.get_by_role("group", name="If needed 1")
    first.get_by_label("Drug").fill("ondansetron")
    first.get_by_label("Amount").fill("4")
    first.get_by_label("How").select_option("prn_mouth")
    first.get_by_label("When").fill("vomiting")
    first.get_by_label("At most, times").fill("1")
    doctor.get_by_role("button", name="Sign the orders").click()
    expect(doctor.get_by_text("Orders signed.")).to_be_visible()
    doctor.goto(orders)
    expect(doctor.get_by_text("Replace these orders")).to_be_visible()
    walk.meet(doctor, "orders-signed")
    nurse.goto("/board/")
    walk.meet(nurse, "board")
    nurse.get_by_role("button", name="Has arrived").first.click()
    walk.meet(nurse, "session-arrived")
    nurse.get_by_role("link", name="Not today").click()
    walk.meet(nurse, "not-today")
    nurse.get_by_role("link", name="Session").first.click()
    nurse.get_by_role("link", name="Time-out").click()
    walk.meet(nurse, "time-out")
    for group in nurse.get_by_role("group").all()[1:]:
        group.get_by_label("Yes").check()
    nurse.get_by_label("Weight today").fill("70")
    nurse.get_by_label("Systolic pressure").fill("124")
    nurse.get_by_label("Diastolic pressure").fill("76")
    nurse.get_by_role("button", name="Everything is right").click()
    expect(nurse.get_by_text("Two identifiers match").first).to_be_visible()
    nurse.get_by_role("group").first.get_by_label("Yes").check()
    a_prescriber_clears_what_failed(walk, nurse)
    second_person(walk, nurse)
    nurse.get_by_role("link", name="Start the dose").click()
    walk.meet(nurse, "start")
    nurse.get_by_label("Asked and read: this is Sam Rivera").check()
    nurse.get_by_role("button", name="Start the dose").click()
    expect(nurse.get_by_role("banner")).to_contain_text("0 min since the pump starts")
    expect(nurse.get_by_role("banner")).to_contain_text("You answer for this patient")
    readings(walk, nurse, 0, 126, 78)
    readings(walk, nurse, 10, 142, 84)
    readings(walk, nurse, 10, 168, 92)
    expect(nurse.get_by_text("Systolic pressure 168 mmHg").first).to_be_visible()
    walk.meet(nurse, "session-reminder")
    nurse.get_by_role("button", name="Seen, watching").first.click()
    expect(nurse.get_by_text("look again").first).to_be_visible()
    nurse.get_by_role("link", name="Medicine").click()
    walk.meet(nurse, "medicine")
    nurse.get_by_label("Asked and read: this is Sam Rivera").check()
    nurse.get_by_label("Order").select_option(index=1)
    nurse.get_by_role("button", name="Medicine").click()
    expect(nurse.get_by_text("Given: ondansetron")).to_be_visible()
    therapist_notes(walk, nurse.url)
    readings(walk, nurse, 10, 150, 86)
    walk.server.pass_time(minutes=10)
    nurse.get_by_role("link", name="Dose given in full").click()
    nurse.get_by_label("Asked and read: this is Sam Rivera").check()
    nurse.get_by_role("button", name="The dose is given in full").click()
    readings(walk, nurse, 0, 140, 82)
    readings(walk, nurse, 15, 138, 82)
    readings(walk, nurse, 15, 134, 80)
    pages_beside(walk, nurse)
    second_screen(walk, nurse)
    effects_are_asked(walk, nurse)
    drawn_from_a_vial(walk, nurse)
    the_patient_looks_at_the_day(walk)
    released(walk, nurse)
    the_record_is_signed(walk, nurse)
    desk = walk.staff("front_desk")
    desk.goto(orders.replace("/orders/", "/visit/"))
    expect(desk.get_by_text("nothing else moves")).to_be_visible()
    walk.meet(desk, "visit-alone")


def a_prescriber_clears_what_failed(walk: Walk, nurse: Page) -> None:
    """A no stands on record and only a prescriber takes it from there; then everything is asked once more."""
    nurse.get_by_role("group", name="Medicines since the last visit").get_by_label("No").check()
    nurse.get_by_role("button", name="Everything is right").click()
    expect(nurse.get_by_text("No dose now. This is on record:")).to_be_visible()
    walk.meet(nurse, "time-out-failed")
    nurse.get_by_role("link", name="A prescriber clears it").click()
    nurse.get_by_label("What you found").fill("A cold remedy yesterday; it does not matter today.")
    nurse.get_by_label("Which prescriber clears it?").select_option(label="Dr. Iris Lee")
    nurse.get_by_label("Their password").fill(PASSWORD)
    walk.meet(nurse, "time-out-clear")
    nurse.get_by_role("button", name="A prescriber clears it").click()
    expect(nurse.get_by_text("A prescriber cleared what the time-out stopped at")).to_be_visible()
    nurse.get_by_role("link", name="Time-out").click()
    for group in nurse.get_by_role("group").all():
        group.get_by_label("Yes").check()
    nurse.get_by_label("Weight today").fill("70")
    nurse.get_by_label("Systolic pressure").fill("124")
    nurse.get_by_label("Diastolic pressure").fill("76")
    nurse.get_by_role("button", name="Everything is right").click()


def second_person(walk: Walk, nurse: Page) -> None:
    """A colleague reads for themselves at the nurse's tablet, and signs with a password of their own."""
    nurse.get_by_role("link", name="Second check").click()
    walk.meet(nurse, "second-check")
    nurse.get_by_label("Drug, as the label says").select_option("ketamine (racemic)")
    nurse.get_by_label("Strength on the vial").fill("50")
    nurse.get_by_label("Volume in the syringe").fill("0.7")
    nurse.get_by_label("Dose, worked out by yourself").fill("350")
    nurse.get_by_label("Who is the second person?").select_option(label="Dr. Iris Lee")
    nurse.get_by_label("Their password").fill(PASSWORD)
    nurse.get_by_role("button", name="This is what I read").click()
    expect(nurse.get_by_text("Dose: you read 350 mg; ordered is 35 mg.")).to_be_visible()
    walk.meet(nurse, "second-check-differs")
    nurse.get_by_label("Dose, worked out by yourself").fill("35")
    nurse.get_by_label("Their password").fill(PASSWORD)
    nurse.get_by_role("button", name="This is what I read").click()
    expect(nurse.get_by_text("Checked by a second person").first).to_be_visible()


def pages_beside(walk: Walk, nurse: Page) -> None:
    """All chairs, another chair, the room, a hand-over to a colleague, and a set that was not taken."""
    session = nurse.url
    nurse.get_by_role("link", name="All chairs").click()
    expect(nurse.get_by_role("link", name="Sam Rivera")).to_be_visible()
    walk.meet(nurse, "chairs")
    nurse.goto(session)
    nurse.get_by_role("button", name="Landing").click()
    expect(nurse.get_by_role("banner")).to_contain_text("Landing for 0 min")
    nurse.get_by_role("link", name="Note the room").click()
    nurse.get_by_label("Eye mask").select_option("on")
    nurse.get_by_label("Quiet time after landing").select_option("10")
    walk.meet(nurse, "room")
    nurse.get_by_role("button", name="The room").click()
    expect(nurse.get_by_text("eye mask on, quiet time after landing 10 min").first).to_be_visible()
    nurse.get_by_role("link", name="Another chair").click()
    walk.meet(nurse, "another-chair")
    nurse.goto(session)
    help_is_called(walk, nurse, session)
    nurse.get_by_role("link", name="Hand over").click()
    nurse.get_by_label("I have read this back aloud").check()
    nurse.get_by_label("Who takes over?").select_option(label="Dr. Iris Lee")
    nurse.get_by_label("Their password").fill(PASSWORD)
    walk.meet(nurse, "hand-over")
    nurse.get_by_role("button", name="I answer for this patient now").click()
    expect(nurse.get_by_role("banner")).to_contain_text("Dr. Iris Lee answers for this patient")
    walk.server.pass_time(minutes=15)
    nurse.goto(session)
    nurse.get_by_role("link", name="Not done because").click()
    nurse.get_by_label("In the bathroom, with help").check()
    walk.meet(nurse, "set-not-taken")
    nurse.get_by_role("button", name="A set was not taken").click()
    expect(nurse.get_by_text("Readings of minute 85 not taken: In the bathroom, with help")).to_be_visible()


def second_screen(walk: Walk, nurse: Page) -> None:
    """Another tablet shows what is written within seconds, keeps what is typed, and says when it hears nothing."""
    context = new_person(walk.browser, walk.server, scripts=True)
    other = context.new_page()
    other.goto("/accounts/login/")
    other.get_by_label("Email").fill(walk.server.staff["nurse"])
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Sign In", exact=True).click()
    expect(other).to_have_url(re.compile("/board/"))
    other.goto(nurse.url)
    other.get_by_role("textbox", name="Heart rate").fill("7")
    nurse.get_by_role("link", name="Note", exact=True).click()
    nurse.get_by_label("Note").fill("Opens her eyes and smiles.")
    nurse.get_by_role("button", name="Note").click()
    expect(other.get_by_text("Opens her eyes and smiles.")).to_be_visible(timeout=8000)
    expect(other.get_by_role("textbox", name="Heart rate")).to_have_value("7")
    other.get_by_role("textbox", name="Heart rate").fill("")
    a_set_is_typed_in_fifteen_seconds(other)
    with walk.server.frozen():  # being offline does not cut a stream that is open; a server that stands still does
        expect(other.get_by_text("What stands here may be old")).to_be_visible(timeout=12000)
    expect(other.get_by_text("What stands here may be old")).to_be_hidden(timeout=8000)
    context.close()


KEY_S, TAP_S, THINK_S, HOME_S = 0.28, 1.3, 1.35, 0.4
"""The key-stroke model of Card, Moran and Newell: a key, pointing with its press, a thought, a hand that moves."""


COUNT = """() => {
  window.told = {pointerdown: 0, keydown: 0}
  for (const kind of Object.keys(window.told)) addEventListener(kind, () => { window.told[kind] += 1 }, true)
}"""


def a_set_is_typed_in_fifteen_seconds(page: Page) -> None:
    """The browser counts taps and keys: the tablet goes from field to field by itself, and one more tap saves."""
    typed = {"Systolic": "126", "Diastolic": "78", "Heart rate": "76", "Oxygen": "97", "Breaths": "14"}
    page.evaluate(COUNT)
    page.get_by_role("textbox", name="Systolic").click()
    page.keyboard.type("".join(typed.values()), delay=30)
    for name, value in typed.items():
        expect(page.get_by_role("textbox", name=name)).to_have_value(value)
    told = page.evaluate("window.told")
    page.get_by_role("button", name="Save set").click()
    expect(page.get_by_text("Systolic pressure 126, Diastolic pressure 78").first).to_be_visible()
    taps = told["pointerdown"] + 1
    assert (taps, told["keydown"]) == (2, 11)
    assert taps * (TAP_S + THINK_S) + told["keydown"] * KEY_S + HOME_S <= 15


def effects_are_asked(walk: Walk, nurse: Page) -> None:
    """A round, and one effect by itself."""
    session = nurse.url
    nurse.get_by_role("link", name="Ask for every effect").click()
    walk.meet(nurse, "effects-asked")
    for group in nurse.get_by_role("group").all():
        group.get_by_label("No", exact=True).check()
    nurse.get_by_role("button", name="Ask every effect").click()
    expect(nurse.get_by_text("Asked for every effect: none")).to_be_visible()
    nurse.get_by_role("link", name="Effects").click()
    nurse.get_by_label("What", exact=True).select_option("headache")
    nurse.get_by_label("At its worst").select_option("1")
    nurse.get_by_label("Now").select_option("going_on")
    nurse.get_by_label("From the treatment?").select_option("possible")
    nurse.get_by_label("What it changed of the dose").select_option("none")
    nurse.get_by_role("button", name="Write it").click()
    expect(nurse.get_by_text("Effect: Headache, grade 1.").first).to_be_visible()
    walk.meet(nurse, "effects")
    nurse.goto(session)
    nurse.get_by_role("link", name="Device", exact=True).click()
    walk.meet(nurse, "device-at-chair")
    nurse.goto("/devices/")
    walk.meet(nurse, "devices")
    nurse.goto(session)


def drawn_from_a_vial(walk: Walk, nurse: Page) -> None:
    """The opening inventory, a draw with its waste before a witness, a count that differs, and every line."""
    session = nurse.url
    nurse.goto("/register/")
    expect(nurse.get_by_text("No opening inventory is written yet.")).to_be_visible()
    nurse.get_by_role("link", name="Receive").click()
    walk.meet(nurse, "register-receive")
    nurse.get_by_label("Drug, as the label says").fill("ketamine")
    nurse.get_by_label("What it is").select_option("vial")
    nurse.get_by_label("Strength").fill("50")
    nurse.get_by_label("Content by the label").fill("10")
    nurse.get_by_label("NDC").fill("00000-0000-00")
    nurse.get_by_label("Lot", exact=True).fill("LOT-7")
    nurse.get_by_label("Expires on").fill("2030-01-31")
    nurse.get_by_label("Schedule").select_option("III")
    nurse.get_by_label("Vial", exact=True).select_option("multi")
    nurse.get_by_label("How many of them").fill("1")
    nurse.get_by_label("Why it is written").select_option("opening")
    nurse.get_by_role("button", name="Receive").click()
    nurse.get_by_role("link", name=re.compile("^Draw")).click()
    nurse.get_by_label("For", exact=True).select_option(index=1)
    nurse.get_by_label("Lot, read off the label now").fill("LOT-7")
    nurse.get_by_label("Drawn").fill("0.8")
    nurse.get_by_label("Given").fill("0.7")
    nurse.get_by_label("Wasted").fill("0.1")
    nurse.get_by_role("button", name="Draw").click()
    expect(nurse.get_by_text("A witness watches this and signs").first).to_be_visible()
    walk.meet(nurse, "register-draw")
    nurse.get_by_label("Witness").select_option(label="Dr. Iris Lee")
    nurse.get_by_label("Their password").fill(PASSWORD)
    nurse.get_by_role("button", name="Draw").click()
    expect(nurse.get_by_text("9.2 mL").first).to_be_visible()
    nurse.get_by_role("link", name="Count").click()
    nurse.get_by_label(re.compile("ketamine, lot LOT-7")).fill("9")
    nurse.get_by_label("Witness").select_option(label="Dr. Iris Lee")
    nurse.get_by_label("Their password").fill(PASSWORD)
    walk.meet(nurse, "register-count")
    nurse.get_by_label("Their password").fill(PASSWORD)
    nurse.get_by_role("button", name="Count").click()
    expect(nurse.get_by_text("0.2 mL missing")).to_be_visible()
    walk.meet(nurse, "register")
    nurse.get_by_role("link", name="Explain").click()
    walk.meet(nurse, "register-explain")
    nurse.goto("/register/lines/")
    walk.meet(nurse, "register-lines")
    nurse.goto("/register/destroyed/")
    walk.meet(nurse, "register-destroyed")
    nurse.goto(session)


def the_patient_looks_at_the_day(walk: Walk) -> None:
    """The dark page, touch, and a companion who cannot be named now."""
    page = walk.page_of("sam")
    page.goto("/me/day/")
    expect(page.get_by_role("heading", name="Not ready yet.")).to_be_visible()
    walk.meet(page, "my-day")
    page.get_by_role("link", name="Name somebody").click()
    expect(page.get_by_text("letting somebody new see this waits until")).to_be_visible()
    walk.meet(page, "companion")
    page.goto("/me/touch/")
    walk.meet(page, "touch")


def the_record_is_signed(walk: Walk, nurse: Page) -> None:
    """Read on the page, saved as a PDF, signed, and added to."""
    session = nurse.url
    nurse.get_by_role("link", name="Read and sign the record").click()
    walk.meet(nurse, "record")
    paper = nurse.request.get(f"{session}record/session.pdf")
    assert paper.headers["content-type"] == "application/pdf"
    nurse.get_by_role("button", name="I have read it and sign").click()
    expect(nurse.get_by_text("What is written from now on stands as an addendum.")).to_be_visible()
    nurse.goto(session)
    nurse.get_by_role("link", name="Addendum").click()
    nurse.get_by_label("Note").fill("Called at six: well.")
    nurse.get_by_role("button", name="Note").click()
    expect(nurse.get_by_text("Addendum: written after the record was signed.")).to_be_visible()


def help_is_called(walk: Walk, nurse: Page, session: str) -> None:
    """A card, two steps, the sheet, and the end."""
    nurse.get_by_role("link", name="Call for help").click()
    walk.meet(nurse, "help")
    nurse.get_by_role("button", name="Faint or slow heart").click()
    expect(nurse.get_by_text("no medical director has signed any for this card")).to_be_visible()
    nurse.get_by_role("button", name=re.compile("Done.*Lie flat")).click()
    walk.meet(nurse, "help-runs")
    nurse.get_by_role("link", name="Sheet for the ambulance").click()
    expect(nurse.get_by_text("HELP CALLED: Faint or slow heart")).to_be_visible()
    walk.meet(nurse, "handover-sheet")
    nurse.goto(session)
    expect(nurse.get_by_text("Help was called")).to_be_visible()
    nurse.get_by_role("link", name="Open the card").click()
    nurse.get_by_role("link", name="Handed over to others").click()
    walk.meet(nurse, "handed-over-to-others")
    nurse.goto(f"{session}help/end/")
    nurse.get_by_label("How it ended").fill("Sat up after two minutes, pressure back.")
    walk.meet(nurse, "help-ended")
    nurse.get_by_role("button", name="The emergency is over").click()
    expect(nurse.get_by_text("Emergency over: Sat up after two minutes")).to_be_visible()
    director = walk.staff("medical_director")
    director.goto("/emergency/")
    walk.meet(director, "emergency-cards")
    director.get_by_role("link", name=re.compile("Sign lines of our own.*Severe allergy")).click()
    director.get_by_label("Your clinic's own lines").fill("Adrenaline as our protocol of March says.")
    walk.meet(director, "card-lines")
    director.get_by_role("button", name="Sign").click()
    expect(director.get_by_text("Adrenaline as our protocol of March says.")).to_be_visible()


def readings(walk: Walk, nurse: Page, after_min: int, sbp: int, dbp: int) -> None:
    walk.server.pass_time(minutes=after_min)
    nurse.get_by_role("textbox", name="Systolic pressure").fill(str(sbp))
    nurse.get_by_role("textbox", name="Diastolic pressure").fill(str(dbp))
    nurse.get_by_role("textbox", name="Heart rate").fill("76")
    nurse.get_by_role("textbox", name="Oxygen").fill("97")
    nurse.get_by_role("textbox", name="Breaths").fill("14")
    nurse.get_by_role("button", name="Save set").click()
    expect(nurse.get_by_text(f"Systolic pressure {sbp}, Diastolic").first).to_be_visible()


def therapist_notes(walk: Walk, address: str) -> None:
    page = walk.staff("therapist")
    page.goto(address)
    expect(page.get_by_role("link", name="Medicine")).to_have_count(0)
    page.get_by_role("link", name="Note", exact=True).click()
    walk.meet(page, "note")
    page.get_by_label("Note").fill("Calm, music on, hand on the blanket.")
    page.get_by_role("button", name="Note").click()
    expect(page.get_by_text("Calm, music on")).to_be_visible()


def released(walk: Walk, nurse: Page) -> None:
    session = nurse.url
    walk.server.pass_time(minutes=16)
    nurse.goto(session)
    readings(walk, nurse, 0, 128, 78)
    nurse.get_by_role("link", name="Release").click()
    walk.meet(nurse, "release-not-ready")
    for _ in range(7):
        nurse.goto(f"{session}release/")
        nurse.get_by_role("link", name="Write what I see").first.click()
        walk.meet(nurse, "observation")
        nurse.get_by_label("Yes").check()
        nurse.get_by_label("In your own words").fill("Clear, says she feels like herself; her sister drives.")
        nurse.get_by_role("button", name="What I see").click()
    nurse.goto(f"{session}release/")
    walk.meet(nurse, "release-ready")
    nurse.get_by_role("button", name="Release the patient").click()
    expect(nurse.get_by_text("Sam Rivera is released.")).to_be_visible()
    nurse.goto(session)
    walk.meet(nurse, "session-over")
    nurse.get_by_role("link", name="Replay with the forecast").click()
    expect(nurse.get_by_text("35 mg of ketamine (base)")).to_be_visible()
    walk.meet(nurse, "replay")
    nurse.goto(session)


def the_patient_writes(walk: Walk) -> None:
    walk.server.pass_time(hours=6)
    page = walk.page_of("sam")
    page.goto("/me/journal/")
    page.get_by_label("Write").fill("A wide, quiet water. I was not afraid.")
    page.get_by_label("Calm").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Only you")).to_be_visible()
    walk.meet(page, "journal")
    page.get_by_role("button", name="Share", exact=True).click()
    expect(page.get_by_text("You had a dose today, so sharing waits until")).to_be_visible()
    walk.server.set_clock(datetime(2027, 3, 3, 14, 0, tzinfo=UTC))
    page.goto("/me/journal/")
    page.get_by_role("button", name="Share", exact=True).click()
    expect(page.get_by_text("Shared with your therapist", exact=True)).to_be_visible()


def the_therapist_keeps_the_visit(walk: Walk) -> None:
    walk.server.set_clock(datetime(2027, 3, 3, 20, 0, tzinfo=UTC))
    page = walk.staff("therapist")
    page.goto("/visits/")
    walk.meet(page, "visits")
    page.get_by_role("link", name="Sam Rivera").first.click()
    expect(page.get_by_text("A wide, quiet water")).to_be_visible()
    walk.meet(page, "visit")
    page.get_by_label("Supportive conversation").check()
    page.get_by_label("Progress note").fill("Told the image of water. Sleep better. No suicidal thoughts.")
    page.get_by_label("One small act").fill("Walk by the harbor on Saturday.")
    page.get_by_role("button", name="Save the visit").click()
    expect(page.get_by_text("Saved.")).to_be_visible()


def the_patient_answers_again(walk: Walk) -> None:
    walk.server.set_clock(datetime(2027, 3, 9, 14, 0, tzinfo=UTC))
    page = walk.page_of("sam")
    sign_in_by_link(walk, page)
    expect(page.get_by_text("Walk by the harbor on Saturday.")).to_be_visible()
    page.get_by_role("link", name="How I feel this week").click()
    answer_phq_9(page, [1, 1, 1, 1, 1, 0, 1, 0, 0])
    expect(page.get_by_text("It is down by half or more.")).to_be_visible()
    walk.meet(page, "today")
    for address in ("/me/scores/", "/me/plan/"):
        page.goto(address)
        walk.meet(page, address.strip("/").replace("/", "-"))


def sign_in_by_link(walk: Walk, page: Page) -> None:
    page.goto("/link/")
    page.get_by_label("Your email").fill("sam@patients.example")
    page.get_by_role("button", name="Send me a link").click()
    link = re.search(r"http://\S+/link/\S+", walk.server.newest_mail())
    assert link
    page.goto(link[0])
    walk.meet(page, "link-open")
    page.get_by_role("button", name="Go to my pages").click()


def the_prescriber_chooses_the_next_step(walk: Walk) -> None:
    page = walk.staff("prescriber")
    page.goto("/patients/")
    page.get_by_role("link", name="Sam Rivera").click()
    walk.meet(page, "chart")
    page.get_by_role("link", name="Scores and next step").click()
    expect(page.locator("svg .c-session, svg [class*=session]").first).to_be_attached()
    walk.meet(page, "scores")
    page.get_by_label("Go on with the course").check()
    page.get_by_label("Reason").fill("Clear response after the first dose; goes on as planned.")
    page.get_by_role("button", name="Sign the next step").click()
    expect(page.get_by_text("Chosen: Go on with the course")).to_be_visible()
    page.goto(page.url.replace("scores/", "course/end/"))
    walk.meet(page, "end-course")


def everybody_has_a_page(walk: Walk) -> None:
    for role in ("guest_therapist", "clinic_lead", "directory_editor"):
        page = walk.staff(role)
        walk.meet(page, f"board-{role}")
    lead = walk.staff("clinic_lead")
    lead.goto("/ledger/")
    walk.meet(lead, "ledger")
    lead.goto("/accounts/2fa/")
    walk.meet(lead, "security")
    public = walk.page_of("nobody")
    public.goto("/demo/")
    walk.meet(public, "demo")


def test_bookings_of_the_walk_keep_the_window(walk: Walk) -> None:
    """The walk's course crosses the night in which clocks go forward; its windows are elapsed hours all the same."""
    from kapstone.care.evidence import default_policy
    from kapstone.care.plan import in_window
    from kapstone.care.quantities.moments import instant

    end = instant(datetime(2027, 3, 13, 20, 0, tzinfo=UTC))
    assert in_window(instant(end + timedelta(hours=24)), end, default_policy())
    assert not in_window(instant(end + timedelta(hours=23, minutes=59)), end, default_policy())
