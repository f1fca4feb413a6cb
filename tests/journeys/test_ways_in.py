"""Signing in as it is outside the demo: staff get nowhere without a second factor, by code or by passkey."""

import hashlib
import hmac
import re
import struct
from base64 import b32decode

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PASSWORD, Server, new_person

pytestmark = pytest.mark.journey


def one_time_code(secret: str) -> str:
    """The code of this half minute (RFC 6238, SHA-1, six digits)."""
    counter = struct.pack(">Q", int(_seconds()) // 30)
    mac = hmac.new(b32decode(secret), counter, hashlib.sha1).digest()
    start = mac[-1] & 15
    return f"{(int.from_bytes(mac[start : start + 4]) & 0x7FFFFFFF) % 10**6:06}"


def _seconds() -> float:
    from kapstone.clinic.config.clock import now

    return now().timestamp()


def sign_in(page: Page, server: Server, role: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(server.staff[role])
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign In", exact=True).click()


def confirm(page: Page) -> None:
    """Types the password again where the page asks for it."""
    if "reauthenticate" in page.url:
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Confirm").click()


@pytest.mark.xdist_group("ways-in")
def test_staff_get_nowhere_without_a_second_factor(browser: Browser, guarded_clinic: Server) -> None:
    page = new_person(browser, guarded_clinic, scripts=False).new_page()
    sign_in(page, guarded_clinic, "nurse")
    for address in ("/board/", "/patients/", "/concerns/", "/home/"):
        page.goto(address)
        expect(page).to_have_url(re.compile("/accounts/2fa/"))
    page.goto("/demo/")
    expect(page.get_by_role("heading", name="There is nothing here")).to_be_visible()
    page.goto("/accounts/2fa/totp/activate/")
    confirm(page)
    secret = page.locator("#authenticator_secret").inner_text()
    page.get_by_label("Authenticator code").fill(one_time_code(secret))
    page.get_by_role("button", name="Activate").click()
    page.goto("/board/")
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    again = new_person(browser, guarded_clinic, scripts=False).new_page()
    sign_in(again, guarded_clinic, "nurse")
    again.goto("/board/")
    expect(again).to_have_url(re.compile("/accounts/"))
    assert "Today" not in again.content()


@pytest.mark.xdist_group("ways-in")
def test_a_passkey_opens_the_door(browser: Browser, guarded_clinic: Server) -> None:
    context = new_person(browser, guarded_clinic, scripts=True)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(page, guarded_clinic, "prescriber")
    page.goto("/accounts/2fa/webauthn/add/")
    confirm(page)
    page.get_by_label("Name").fill("Desk key")
    passwordless = page.get_by_label(re.compile("passwordless|passkey", re.I))
    if passwordless.count():
        passwordless.first.check()
    page.get_by_role("button", name="Add").click()
    expect(page).not_to_have_url(re.compile("webauthn/add"))
    page.goto("/board/")
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign Out").click()
    page.goto("/accounts/login/")
    page.get_by_role("button", name=re.compile("passkey")).click()
    expect(page).to_have_url(re.compile("/board/"))
