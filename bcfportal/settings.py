"""Settings, read from the environment. They fail closed.

DEBUG           set by ``make run``: demonstration mode, for one machine, with made-up accounts.
                ``DEBUG=trace`` also shows a developer Django's own error pages.
SECRET_KEY      required outside demonstration mode.
DATABASE_URL    the PostgreSQL server; ``bcfportal.launcher`` sets it when it starts one itself.
ALLOWED_HOSTS, CSRF_TRUSTED_ORIGINS   comma-separated.
SITE_ADDRESS    where people reach the portal, for the links in mail.
BEHIND_PROXY    1, or the address of the proxy on another machine, where one ends TLS and sends
                X-Forwarded-Proto and X-Forwarded-For.
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS, DEFAULT_FROM_EMAIL
                the server that sends mail; a demonstration prints its mail on the terminal.
"""

import os
from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from bcfportal.local_secret import local_secret

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"


def _list(name):
    return [item.strip() for item in os.environ.get(name, "").split(",") if item.strip()]


DEMONSTRATION = os.environ.get("DEBUG", "").lower() not in ("", "0", "false", "no")
DEBUG = os.environ.get("DEBUG", "").lower() == "trace"

# The launcher says so of the database that it runs itself, for a demonstration on one machine.
OWN_DATABASE = bool(os.environ.get("BCFPORTAL_OWN_DATABASE"))

SECRET_KEY = os.environ.get("SECRET_KEY") or (
    local_secret(VAR_DIR / "secret-key") if DEMONSTRATION else ""
)
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "Set SECRET_KEY to a long random text, or use `make run` for a demonstration."
    )

ALLOWED_HOSTS = _list("ALLOWED_HOSTS") or (["*"] if DEMONSTRATION else [])
CSRF_TRUSTED_ORIGINS = _list("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "crispy_forms",
    "crispy_forms_gds",
    "csp",
    "pgtrigger",
    "pghistory",
    "axes",
    "accounts",
    "typed",
    "projects",
    "publishing",
    "stated",
    "finance",
    "outcomes",
    "risks",
    "meetings",
    "partnerships",
    "returns",
    "programme",
    "administration",
    "demonstration",
    "bcfportal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "bcfportal.methods.OnlyReadAndSend",
    "bcfportal.health.HealthMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.sessions.SessionTimes",
    # Closed by default: an address asks for sign-in unless it is marked public.
    "typed.middleware.SignedInMiddleware",
    "accounts.privacy.PrivatePages",
    "bcfportal.what_is_sent.WhatIsSent",
    "accounts.history.HistoryByThePortalsClock",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "typed.once.OnceMiddleware",
    "publishing.withdrawn_pages.WithdrawnMiddleware",
]

ROOT_URLCONF = "bcfportal.urls"
WSGI_APPLICATION = "bcfportal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # The token of every form also says whose page it is and which showing of it.
            "builtins": ["typed.templatetags.every_form"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["gds"]
CRISPY_TEMPLATE_PACK = "gds"

DATABASES = {"default": dj_database_url.config(conn_max_age=600, conn_health_checks=True)}
if DATABASES["default"].get("ENGINE", "") not in ("", "django.db.backends.postgresql"):
    raise ImproperlyConfigured("The portal runs on PostgreSQL only: set DATABASE_URL to one.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Where people reach the portal: links in mail begin with it. No mail trusts a request's host.
SITE_ADDRESS_GIVEN = os.environ.get("SITE_ADDRESS", "").strip().rstrip("/")
SITE_ADDRESS = SITE_ADDRESS_GIVEN or (
    f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
    if DEMONSTRATION
    # The deployment check asks for it; until then links lead to the first host that is allowed.
    else "https://" + next((host for host in ALLOWED_HOSTS if "*" not in host), "127.0.0.1")
)

LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "reporting:home"
LOGOUT_REDIRECT_URL = "reporting:home"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.backends.PortalBackend",
]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
INVITATION_TIMEOUT = 7 * 24 * 60 * 60

# After five failures an email address is locked out for the address that it was tried from.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
# Within the same time: of all accounts from one place, an office perhaps; of one from all places.
FAILURES_FROM_A_PLACE = 30
FAILURES_OF_AN_ACCOUNT = 20
AXES_HANDLER = "accounts.lockout.Handler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# The page promises a time; trying again meanwhile does not put it off.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "accounts.lockout.email_tried"
AXES_CLIENT_IP_CALLABLE = "accounts.lockout.address_of"
AXES_LOCKOUT_CALLABLE = "accounts.lockout.locked_out"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

EMAIL_BACKEND = "django.core.mail.backends.%s.EmailBackend" % (
    "console" if DEMONSTRATION else "smtp"
)
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT") or 25)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "").lower() not in ("", "0", "false", "no")
EMAIL_TIMEOUT = 10
# Mail goes out behind the answer; tests send it before, to see it.
MAIL_AT_ONCE = False
# Within an hour: links to one account, links asked for from one place, invitations by one person.
LINKS_AN_HOUR = 3
LINKS_FROM_A_PLACE = 20
INVITATIONS_AN_HOUR = 60
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "better-care-fund@localhost")

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    directory for directory in (BASE_DIR / "static", VAR_DIR / "build") if directory.exists()
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "bcfportal.storage.StaticFiles"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
PDF_FONTS = VAR_DIR / "fonts"
# How far ahead of the machine a demonstration's clock is: written when its council is made.
DEMONSTRATION_CLOCK = VAR_DIR / "demonstration-clock"

# Stops a file that is too big for any page before it is kept, in memory or on disk.
FILE_UPLOAD_HANDLERS = [
    "bcfportal.lib.uploads.TooBigHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
UPLOAD_BYTES = 20 * 1024 * 1024

# Safe by default; only demonstration mode, which has no TLS, relaxes what needs TLS.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not DEMONSTRATION
SECURE_HSTS_SECONDS = 0 if DEMONSTRATION else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEMONSTRATION
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
# The address of the proxy in front; 1 is one on the same machine. No other's word is taken.
TRUSTED_PROXY = os.environ.get("BEHIND_PROXY", "").strip().lower()
TRUSTED_PROXY = {"0": "", "false": "", "no": "", "1": "127.0.0.1"}.get(TRUSTED_PROXY, TRUSTED_PROXY)
if TRUSTED_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# A session ends when nobody used it for an hour, and after a working day in any case.
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60
SESSION_LONGEST = 8 * 60 * 60
if not DEMONSTRATION:
    # Browsers take these from this host alone, over TLS alone.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# A budget of 1,000 lines has three boxes a line.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
CSRF_FAILURE_VIEW = "typed.middleware.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
