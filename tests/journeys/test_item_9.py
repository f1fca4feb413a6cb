"""A worrying answer in a real browser: chosen and the page closed, and before a person within five seconds."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import Server, new_person
from tests.journeys.test_one_course import Walk, somebody_asks, the_front_desk_invites

pytestmark = pytest.mark.journey
WITHIN_MS = 5000


class Brisk(Walk):
    """Walks without looking; the pages are looked at on another walk."""

    def meet(self, page: Page, name: str) -> None:
        """Only that nothing broke."""
        assert "Something broke" not in page.content()


@pytest.mark.mitigates("M-096")
def test_chosen_and_the_page_closed(walk: Brisk, patient: BrowserContext) -> None:
    on_call = inbox(walk)
    page = patient.new_page()
    page.goto("/me/intake/felt/9/")
    with page.expect_request(lambda asked: asked.method == "POST"):
        page.get_by_label("More than half the days").check()
    page.close()
    expect(on_call.get_by_role("link", name="Sam Rivera")).to_be_visible(timeout=WITHIN_MS)
    expect(on_call.get_by_text("question 9 was answered").first).to_be_visible()
    abandoned = patient.new_page()
    abandoned.goto("/me/intake/")
    expect(abandoned.get_by_text("In progress")).to_be_visible()


VOICES = """
window.said = []
window.SpeechSynthesisUtterance = class { constructor (text) { this.text = text } }
Object.defineProperty(window, 'speechSynthesis', { value: {
  getVoices: () => [
    { lang: 'en-US', localService: false, name: 'far' }, { lang: 'en-US', localService: true, name: 'near' }
  ],
  speak: (one) => window.said.push([one.text, one.voice.name]), cancel () {}, addEventListener () {}
} })
"""


def test_a_page_is_read_aloud_by_a_voice_of_the_device_alone(patient: BrowserContext) -> None:
    page = patient.new_page()
    page.goto("/me/intake/health/heart/")
    expect(page.get_by_role("button", name="Read this page aloud")).to_have_count(0)
    patient.add_init_script(VOICES)
    page.goto("/me/intake/felt/9/")
    page.get_by_role("button", name="Read this page aloud").click()
    said = page.evaluate("window.said")
    assert {voice for _, voice in said} == {"near"}
    words = [text for text, _ in said]
    assert words.index("Thoughts that you would be better off dead or of hurting yourself in some way") < words.index(
        "Not at all"
    )


@pytest.fixture(scope="module")
def walk(browser: Browser, clinic: Server) -> Brisk:
    return Brisk(browser, clinic)


@pytest.fixture(scope="module")
def patient(walk: Brisk) -> BrowserContext:
    """The browser of a patient who was invited and has signed in."""
    somebody_asks(walk)
    the_front_desk_invites(walk)
    patient = new_person(walk.browser, walk.server, scripts=True)
    page = patient.new_page()
    page.goto("/me/")
    page.get_by_label("Your email").fill("sam@patients.example")
    page.get_by_role("button", name="Send me a link").click()
    link = re.search(r"http://\S+/link/\S+", walk.server.newest_mail())
    assert link
    page.goto(link[0])
    page.get_by_role("button", name="Go to my pages").click()
    expect(page.get_by_role("heading", name="Hello, Sam Rivera")).to_be_visible()
    return patient


def inbox(walk: Walk) -> Page:
    """The list of concerns of somebody on call, open in a browser with scripts."""
    signed_in = walk.staff("on_call").context.storage_state()
    context = walk.browser.new_context(storage_state=signed_in, base_url=walk.server.url)
    page = context.new_page()
    page.goto("/concerns/")
    expect(page.get_by_text("No open concern.")).to_be_visible()
    return page
