"""Django's settings. What the machine is told comes from `machine.py`; what a clinic chooses is in the database."""

from kapstone.clinic.config import machine, sqlite

sqlite.use_safe_build()
MACHINE = machine.read()

DEBUG = False
SECRET_KEY = MACHINE.secret_key
CLINIC_KEY = MACHINE.clinic_key
DEMO = MACHINE.demo
ALLOWED_HOSTS = list(MACHINE.hosts)
ADDRESS = MACHINE.address
SECURE = ADDRESS.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    # Before allauth, so that its pages take our look.
    "kapstone.clinic.ground.ui",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "kapstone.clinic.ground.ledger",
    "kapstone.clinic.ground.people",
    "kapstone.clinic.ground.concerns",
    "kapstone.clinic.ground.bookings",
    "kapstone.clinic.guide",
    "kapstone.clinic.evaluation",
    "kapstone.clinic.plan",
    "kapstone.clinic.session",
    "kapstone.clinic.integration",
    "kapstone.clinic.outcomes",
    "kapstone.clinic.config.apps.ConfigConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    # Before the first middleware that asks the database.
    "kapstone.clinic.config.refusals.NulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kapstone.clinic.config.middleware.ActMiddleware",
]

ROOT_URLCONF = "kapstone.clinic.config.urls"
WSGI_APPLICATION = "kapstone.clinic.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kapstone.clinic.config.context.page",
            ],
        },
    }
]

DATABASES = {"default": machine.database_settings(MACHINE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "kapstone.clinic.config.accounts.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "public_home"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_DISPLAY = "kapstone.clinic.config.accounts.display"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Kapstone"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "kapstone.clinic.config.refusals.without_token"
CSRF_TRUSTED_ORIGINS = [ADDRESS]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}

MAIL_FOLDER = MACHINE.home / "mail"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
if DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = MAIL_FOLDER
elif MACHINE.mail:
    EMAIL_HOST, _, _port = MACHINE.mail.partition(":")
    EMAIL_PORT = int(_port or 25)
DEFAULT_FROM_EMAIL = "no-reply@localhost"
EMAIL_TIMEOUT = 10

LANGUAGE_CODE = "en-us"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = MACHINE.home / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
UPLOAD_MOST_BYTES = 10 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["kapstone.clinic.config.uploads.BoundedInMemory"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
