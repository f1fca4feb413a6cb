"""How allauth's pages fit the house: nobody signs themselves up, and each of its routes says who may."""

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpResponse
from django.shortcuts import redirect

from kapstone.clinic.config import clock
from kapstone.clinic.ground.people.queries import works_anywhere
from kapstone.clinic.ground.people.routes import ANYONE, SIGNED_IN

if TYPE_CHECKING:
    from kapstone.clinic.ground.people.models import User

ALLAUTH_MAY = {
    "account_login": ANYONE,
    "account_logout": ANYONE,
    "account_signup": ANYONE,
    "account_inactive": ANYONE,
    "account_reset_password": ANYONE,
    "account_reset_password_done": ANYONE,
    "account_reset_password_from_key": ANYONE,
    "account_reset_password_from_key_done": ANYONE,
    "account_confirm_email": ANYONE,
    "account_email_verification_sent": ANYONE,
    "account_confirm_login_code": ANYONE,
    "account_reauthenticate": SIGNED_IN,
    "account_email": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "mfa_authenticate": ANYONE,
    "mfa_login_webauthn": ANYONE,
    "mfa_signup_webauthn": ANYONE,
    "mfa_trust": ANYONE,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_edit_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
}
"""Who may open each of allauth's routes."""


class Adapter(DefaultAccountAdapter):
    """Closes sign-up: a clinic makes its people."""

    def pre_login(self, request: Any, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Passwords and passkeys are for staff. A patient who set a password by a reset is sent to the link."""
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response or (None if works_anywhere(user, clock.now()) else redirect("link_ask"))

    def is_open_for_signup(self, request: Any) -> bool:
        """Nobody signs themselves up."""
        return False


def display(user: "User") -> str:
    """The name that allauth's pages show."""
    return user.name
