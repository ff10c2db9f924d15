"""Django settings. Everything that differs between offices comes from the environment (docs/operator.md)."""

from __future__ import annotations

import os
import secrets
import zlib
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlparse

from csp.constants import NONE, SELF

from shohay.config import postgres

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("SHOHAY_VAR", ROOT / "var"))

DEBUG = os.environ.get("SHOHAY_DEBUG") == "1"
PRODUCTION = os.environ.get("SHOHAY_PRODUCTION") == "1"
SYNTHETIC = os.environ.get("SHOHAY_SYNTHETIC", "0" if PRODUCTION else "1") == "1"
ENGINE = os.environ.get("SHOHAY_ENGINE", "duckdb")


def _secret(name: str) -> str:
    """A secret from the environment, or one made once and kept in VAR/secrets (never in production)."""
    if value := os.environ.get(f"SHOHAY_{name}"):
        return value
    if PRODUCTION:
        raise RuntimeError(f"SHOHAY_{name} is not set; see docs/operator.md, 'Keys'")
    path = VAR / "secrets" / name.lower()
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x") as new:
            new.write(secrets.token_hex(32))
        path.chmod(0o600)
    except FileExistsError:
        pass
    return path.read_text().strip()


SECRET_KEY = _secret("SECRET_KEY")
# Key ring of identity numbers: "id:hex,id:hex", the first one seals, all open. See shohay.bulk.sealing.
KEY_RING = os.environ.get("SHOHAY_KEY_RING") or f"k1:{_secret('SEAL_KEY')}"
DIGEST_KEY = os.environ.get("SHOHAY_DIGEST_KEY") or _secret("DIGEST_KEY")
# Where `shohay keys new` keeps the keys it makes; None: they come from the environment and it only prints them.
KEY_FOLDER = None if "SHOHAY_KEY_RING" in os.environ else VAR / "secrets"

ALLOWED_HOSTS = os.environ.get("SHOHAY_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django_htmx",
    "csp",
    "axes",
    "procrastinate.contrib.django",
    "shohay.stages.audit",
    "shohay.stages.accounts",
    "shohay.stages.places",
    "shohay.stages.programmes",
    "shohay.stages.intake",
    "shohay.stages.registry",
    "shohay.stages.linkage",
    "shohay.stages.targeting",
    "shohay.stages.enrolment",
    "shohay.stages.payments",
    "shohay.stages.grievance",
    "shohay.stages.shocks",
    "shohay.stages.results",
    "shohay.stages.coordination",
    "shohay.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "shohay.web.middleware.LanguageMiddleware",
    "shohay.web.middleware.AddressMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shohay.web.middleware.ScopeMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "shohay.config.urls"
WSGI_APPLICATION = "shohay.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shohay.web.context.frame",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "shohay.web.templatetags.shohay"],
        },
    }
]


def _database(address: str) -> dict[str, object]:
    parts = urlparse(address)
    options = {key: values[0] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or "postgres"),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": parts.port or "",
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


EMBEDDED = "DATABASE_URL" not in os.environ
DATABASES = {"default": _database(os.environ.get("DATABASE_URL") or postgres.url(VAR))}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/office/sign-in"
LOGIN_REDIRECT_URL = "/office/"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_VERBOSE = False

LANGUAGE_CODE = "bn"
LANGUAGES = [("bn", "বাংলা"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Dhaka"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "style-src-attr": ["'unsafe-inline'"],  # ECharts positions its tooltips with style attributes
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

PROCRASTINATE_IMPORT_PATHS = ["shohay.jobs"]  # by name: nothing imports upwards

# The pretended bank of a demo: a port of its own for each folder, so that two demos never share a bank.
BANK_URL = os.environ.get("SHOHAY_BANK_URL") or f"http://127.0.0.1:{20_000 + zlib.crc32(str(VAR).encode()) % 10_000}"

# Where the outside parties answer: SHOHAY_PARTY_NID_URL ...; else the pretended ones of a demo, on ports of their own.
_PARTIES = ("nid", "civil_registration", "disability_register", "sim_owner", "wallets")
_FIRST_PORT = 30_000 + zlib.crc32(str(VAR).encode()) % 2_000 * len(_PARTIES)
PARTY_URLS = {
    party: os.environ.get(f"SHOHAY_PARTY_{party.upper()}_URL") or f"http://127.0.0.1:{_FIRST_PORT + number}"
    for number, party in enumerate(_PARTIES)
}
PARTY_KEY = os.environ.get("SHOHAY_PARTY_KEY", "")
SIM_HASH_KEY = os.environ.get("SHOHAY_SIM_HASH_KEY", "synthetic-sim-hash")  # shared with the telecom regulator

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "shohay.config.logs.Line", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
