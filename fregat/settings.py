"""The one settings file: everything comes from the environment, nothing is guessed.

A missing or useless setting stops the program with advice. `make run` and `manage.py` fill
the environment themselves (fregat/workplace.py); production does it in docker-compose.yml.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env, EnvError

from fregat.lib.logs import LOGGING as LOGGING  # what is logged, and how: beside the formatter

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()


def origins(name: str) -> list[str]:
    """Return addresses separated by commas, without a slash at the end."""
    given: list[str] = env.list(name, [])
    return [one.rstrip("/") for one in given]


def required(name: str, advice: str) -> str:
    """Return a variable that must be there.

    Raises ImproperlyConfigured with `advice` when it is absent or empty.
    """
    value: str = env.str(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {advice}")
    return value


# --- What the machine tells us ----------------------------------------------------------------
try:
    DEBUG: bool = env.bool("DEBUG", False)
    HTTPS: bool = env.bool("HTTPS", not DEBUG)
    CONN_MAX_AGE: int = env.int("CONN_MAX_AGE", 60)
    TRUSTED_PROXIES: int = env.int("TRUSTED_PROXIES", 0)
except EnvError as error:
    raise ImproperlyConfigured(f"{error}. Use true or false, or a whole number of seconds.") from error

SECRET_KEY = required(
    "SECRET_KEY",
    "Give 50 or more random characters, for example from"
    " `python3 -c 'import secrets; print(secrets.token_urlsafe(60))'`, and keep them.",
)
DATABASE_URL = required(
    "DATABASE_URL",
    "Give the address of PostgreSQL 17+ for the application's role, as"
    " postgres://fregat:password@host/fregat, or start through `make run` or `manage.py`,"
    " which bring a PostgreSQL of their own.",
)
# Only `migrate` uses it: the owner of the tables. The web, the worker and beat do without.
DATABASE_OWNER_URL: str = env.str("DATABASE_OWNER_URL", "")
REDIS_URL = required(
    "REDIS_URL",
    "Give the address of Redis or Valkey, as redis://host:6379/0 or unix:///path/to.sock?db=0.",
)
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS is not set. Name the hosts of the pages, as fregat.example.org."
    )
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
# Addresses of the live port as the browser sees it, one a host name (localhost and 127.0.0.1 are two);
# empty when /live/ is on the same origin. PAGE_ORIGINS are then those of the pages that may read it.
LIVE_ORIGINS = origins("LIVE_ORIGIN")
PAGE_ORIGINS = origins("PAGE_ORIGINS")
# Begins the names of queues, channels and cache keys, so that several programs share one broker.
KEY_PREFIX: str = env.str("KEY_PREFIX", "fregat:")
METRICS_TOKEN: str = env.str("METRICS_TOKEN", "")
# Where the head of the access log is taken each hour, outside of what the database's owner reaches:
# a file (/path, file:///path), a mailbox (mailto:), an address that takes a POST (https://).
ACCESS_LOG_ANCHOR: str = env.str("ACCESS_LOG_ANCHOR", "")
# Demonstration data: the folder's own program sets it; production never does.
DEMO: bool = env.bool("DEMO", False)

# --- Fregat's own knobs -----------------------------------------------------------------------
FREGAT: dict[str, Any] = {
    # The head of the papers: who issues them, and where.
    "HOUSE": env.str("HOUSE", "Контакт-центр «Фрегат»"),
    "PLACE": env.str("PLACE", "м. Київ"),
    "CHECK_MINUTES": 20,  # the end-of-shift check begins so long before the end (B1)
    "ACCEPTANCE_MINUTES": 15,  # a handed-over case is accepted within (B5)
    "ESCALATION_MINUTES": 10,  # an escalation is acknowledged within
    "SIGN_IN_MINUTES": 30,  # sign-in so long before the shift begins it
    "CARD_GRACE_MINUTES": 15,  # hand-over cards stay open so long after the shift (B1)
    "GLASS_DAILY": 3,  # so often a day one person may break glass (E1)
    "SWEEP_SECONDS": 1,  # how often due jobs are looked for: two statements when there are none
    "SIGN_DAYS": 3,  # a document is signed within so many days from its coming into force (A4)
    # What is closed to whoever has not signed in time: acts that rooms name by `staff.documents.registry.door`;
    # [] closes nothing.
    "UNSIGNED": ["case.register"],
    "READ_HOURS": 24,  # who is on shift and has not read an article so long after it was asked of them is reminded
    "REMIND_HOUR": 9,  # from this hour in Kyiv on people are reminded of what they have not signed
}

# --- What the program is made of --------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "guardian",
    "rest_framework",
    "knox",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pghistory",
    "pgtrigger",
    "csp",
    "django_vite",
    "django_htmx",
    "lucide",
    "fregat.lib",
    "staff.employees",
    "staff.documents",
    "staff.tasks",
    "staff.messenger",
    "shifts.roster",
    "shifts.coverage",
    "shifts.attendance",
    "shifts.breaks",
    "shifts.absence",
    "shifts.exchange",
    "shifts.proposal",
    "cases.privacy",
    "cases.insurance",
    "cases.imports",
    "cases.contracts",
    "cases.knowledge",
    "cases.casework",
    "cases.assistance",
    "cases.handover",
    "cases.figures",
    "cases.desk",
    "fregat",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "fregat.lib.middleware.DomainErrorMiddleware",
    "fregat.lib.middleware.RightsMiddleware",
    "staff.employees.second_factor.SecondFactorMiddleware",
]

ROOT_URLCONF = "fregat.urls"
WSGI_APPLICATION = "fregat.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "fregat.lib.context.page",
            ],
        },
    },
]
FORM_RENDERER = "fregat.lib.drawing.Renderer"

# --- Data -------------------------------------------------------------------------------------
if DATABASE_URL.partition("://")[0] not in {"postgres", "postgresql"}:
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL: postgres://fregat:password@host/fregat.")
if REDIS_URL.partition("://")[0] not in {"redis", "rediss", "unix"}:
    raise ImproperlyConfigured(
        "REDIS_URL must name a Redis or Valkey: redis://host:6379/0 or unix:///a/path."
    )
_database = env.dj_db_url("DATABASE_URL") | {"CONN_MAX_AGE": CONN_MAX_AGE, "CONN_HEALTH_CHECKS": True}
# What is prepared is planned once (fregat.lib.prepared).
_options = {"connect_timeout": 5, "options": "-c plan_cache_mode=force_generic_plan"}
_database["OPTIONS"] = _options | _database.get("OPTIONS", {})
DATABASES = {"default": _database}

CACHES = {
    "default": {
        # Works on without the broker: a lost counter is better than a lost request.
        "BACKEND": "fregat.lib.cache.TolerantCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": KEY_PREFIX + "cache",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 0.5},
    },
}

# The history's context lies in each event row: one shared table would need UPDATE by everyone.
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_APPEND_ONLY = True
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
PGHISTORY_ADMIN_ALL_EVENTS = False

# --- Work in the background -------------------------------------------------------------------
CELERY_BROKER_URL = (
    "redis+socket" + REDIS_URL[4:].replace("db=", "virtual_host=")
    if REDIS_URL.startswith("unix")
    else REDIS_URL
)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "global_keyprefix": KEY_PREFIX,
    "socket_timeout": 5,
    "socket_connect_timeout": 1,
    "visibility_timeout": 3600,
    "max_retries": 1,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# What was in hand when the broker went away is done again: every task may be.
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_PUBLISH_RETRY = False
# In Europe/Kyiv crontab schedules fall silent for an hour on the autumn night.
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "sweep": {
        "task": "fregat.sweep",
        "schedule": float(FREGAT["SWEEP_SECONDS"]),
        # A queue that piled up while the worker was away holds one sweep's work, not hundreds.
        "options": {"expires": 10},
    },
    "seal": {"task": "privacy.seal", "schedule": 1.0, "options": {"expires": 3}},
}

# --- People -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "employees.Employee"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None  # guardian would otherwise put an anonymous among the employees
GUARDIAN_MONKEY_PATCH_USER = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "staff.employees.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# The centre sits behind one address: allauth's limits by address would lock everybody out.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "120/m/ip,5/300s/key"}
# How many proxies of ours put addresses into X-Forwarded-For; 0: the address is the connection's.
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_TOTP_ISSUER = "Fregat"
MFA_ADAPTER = "staff.employees.second_factor.MFAAdapter"
MFA_RECOVERY_CODES_SHOW_ONCE = True
# off, offered (who has set it up is asked for a code) or required (of these roles; none named: of all).
SECOND_FACTOR: str = env.str("SECOND_FACTOR", "offered")
SECOND_FACTOR_ROLES: frozenset[str] = frozenset(env.list("SECOND_FACTOR_ROLES", []))

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 16 * 3600  # seconds; the longest shift (13 h) and its edges
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS

# --- What the browser may do ------------------------------------------------------------------
SECURE_SSL_REDIRECT = HTTPS
# Asked by machines inside the house, past the proxy.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000  # bytes of a request without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # the tables of a programme's rules: 100 covers and 100 questions
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF, *LIVE_ORIGINS],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# --- API --------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "fregat.lib.authentication.TokenAuthentication",
        "fregat.lib.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["fregat.lib.api.RouteRight"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["fregat.lib.api.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "fregat.lib.api.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "fregat.lib.api.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "PAGE_SIZE": 50,
}
REST_KNOX = {"TOKEN_TTL": None, "AUTO_REFRESH": False, "AUTH_HEADER_PREFIX": "Token"}
_KINDS = "shifts.%s.labels.KIND_LABELS.items"
SPECTACULAR_SETTINGS = {
    "TITLE": "Fregat",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "BreakKindEnum": _KINDS % "breaks",
        "ShiftKindEnum": _KINDS % "roster",
        "DecisionEnum": "cases.handover.labels.DECISION_LABELS.items",
        "CertificateDecisionEnum": "shifts.absence.labels.DECISION_LABELS.items",
    },
    "SERVE_PERMISSIONS": ["fregat.lib.api.RouteRight"],
    **dict.fromkeys(("SWAGGER_UI_DIST", "SWAGGER_UI_FAVICON_HREF", "REDOC_DIST"), "SIDECAR"),
}

# --- Language and time ------------------------------------------------------------------------
LANGUAGE_CODE = "uk"
LANGUAGES = [("uk", _("Ukrainian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
TIME_ZONE = "Europe/Kyiv"

# --- Files ------------------------------------------------------------------------------------
STATIC_URL = "/static/"
# Where `collectstatic` puts everything (the image does it once); a working folder needs none.
STATIC_ROOT: str | None = env.str("STATIC_ROOT", "") or None
STATICFILES_DIRS = [("dist", BASE_DIR / "static" / "dist")]
WHITENOISE_USE_FINDERS = STATIC_ROOT is None
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/dist/assets/.+-[\w-]{8,}\.\w+$"
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "static_url_prefix": "dist",
        "manifest_path": BASE_DIR / "static" / "dist" / "manifest.json",
    },
}
# Without the built front end (a check, a test of rules) django-vite's complaint says nothing new.
SILENCED_SYSTEM_CHECKS = ["django_vite.W001", "staticfiles.W004"]

# --- Letters and logs -------------------------------------------------------------------------
_mail = env.dj_email_url("EMAIL_URL", "dummy:")
if "EMAIL_BACKEND" not in _mail:
    raise ImproperlyConfigured(
        "EMAIL_URL is not understood: give smtp+tls://user:password@host:587 or file:///a/folder."
    )
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_FILE_PATH = "/" + _mail["EMAIL_FILE_PATH"] if _mail["EMAIL_FILE_PATH"] else None
EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"] or "localhost", _mail["EMAIL_PORT"] or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"] or "", _mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail["EMAIL_USE_TLS"], _mail["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("FROM_EMAIL", "fregat@localhost")
