"""Django's settings; what a hotel may change is in house.settings, what an installation may change is in the environment."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlparse

from csp.constants import NONE, SELF

from guiju.config.engine import pragmas, use_safe_sqlite
from guiju.config.modes import data_dir, key, mode

use_safe_sqlite()

PACKAGE = Path(__file__).resolve().parent.parent
GUIJU_MODE = mode()
DATA_DIR = data_dir()
DEBUG = False
SECRET_KEY = key("web.key", "GUIJU_SECRET_KEY")
LOGBOOK_KEY = key("logbook.key", "GUIJU_LOGBOOK_KEY").encode()
ALLOWED_HOSTS = [host for host in os.environ.get("GUIJU_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host]
if GUIJU_MODE in ("demo", "test"):
    ALLOWED_HOSTS += ["testserver", ".localhost", "*"] if os.environ.get("GUIJU_ANY_HOST") else ["testserver", ".localhost"]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("GUIJU_ORIGINS", "").split(",") if origin]
TRUSTED_PROXIES = frozenset(one.strip() for one in os.environ.get("GUIJU_PROXIES", "").split(",") if one.strip())
PUBLIC_URL = os.environ.get("GUIJU_PUBLIC_URL", f"http://localhost:{os.environ.get('PORT', '8000')}")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "ninja",
    "guiju.config",
    "guiju.logbook",
    "guiju.house",
    "guiju.notices",
    "guiju.duties",
    "guiju.papers",
    "guiju.approvals",
    "guiju.checklists",
    "guiju.artwork",
    "guiju.clients",
    "guiju.rooms",
    "guiju.function_space",
    "guiju.rates",
    "guiju.bookings",
    "guiju.enquiries",
    "guiju.vip",
    "guiju.visitors",
    "guiju.longstay",
    "guiju.events",
    "guiju.compliance",
    "guiju.history",
    "guiju.history.replay",
    "guiju.mailroom",
    "guiju.feeds",
    "guiju.briefing",
    "guiju.rounds",
    "guiju.editions",
    "guiju.desk",
    "guiju.api",
]
if GUIJU_MODE == "demo":
    INSTALLED_APPS.append("guiju.demo")
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "guiju.config.middleware.RequestIdMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "guiju.config.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "guiju.house.middleware.ActorMiddleware",
    "guiju.config.middleware.SizeMiddleware",
    "guiju.config.middleware.PlainTextMiddleware",
    "guiju.config.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "guiju.config.urls"
WSGI_APPLICATION = "guiju.config.wsgi.application"
AUTH_USER_MODEL = "house.Person"
AUTHENTICATION_BACKENDS: list[str] = []  # sign-in is house.actions.sign_in
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "guiju.desk.shell.shell",
            ],
            "builtins": ["guiju.desk.templatetags.parts", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]


def database(url: str | None) -> dict[str, object]:
    """SQLite in the data folder, or PostgreSQL by DATABASE_URL."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(DATA_DIR / "guiju.sqlite3"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas()},
            "TEST": {"NAME": os.environ.get("GUIJU_TEST_SQLITE")},
        }
    parts = urlparse(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise SystemExit(f"DATABASE_URL must start with postgresql://, not {parts.scheme}://")
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    timeouts = "-c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000 -c synchronous_commit=on"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or query.pop("host", ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": timeouts, **query},
    }


DATABASES = {"default": database(os.environ.get("DATABASE_URL"))}
ATOMIC_REQUESTS = False

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [str(PACKAGE / name / "locale") for name in ("shelf", "reading")]  # packages that are no rooms
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if GUIJU_MODE == "test":
    PASSWORD_HASHERS = ["guiju.config.quick_hasher.QuickArgon2", *PASSWORD_HASHERS]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(DATA_DIR / "files")}},
    "staticfiles": {"BACKEND": "guiju.config.static.VersionedStatic"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

SESSION_COOKIE_NAME = "guiju_session"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "guiju_csrf"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "guiju.desk.views.csrf_failed"
HTTPS = os.environ.get("GUIJU_HTTPS", "") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "object-src": [SELF],
        "frame-src": [SELF],
    }
}
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
UPLOAD_MAX_SIZE = 110 * 1024 * 1024  # a form with several files, each within its own limit
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

EMAIL_URL = os.environ.get("GUIJU_SMTP", "")  # smtp://user:password@host:port; empty: letters are written to DATA_DIR/outbox
DEFAULT_FROM_EMAIL = os.environ.get("GUIJU_FROM", "sales@guiju.example")
BOUNCE_ADDRESS = os.environ.get("GUIJU_BOUNCES", "")  # reports of letters that did not arrive: a mailbox that takes name+anything@domain
MAIL_CA = os.environ.get("GUIJU_MAIL_CA", "")  # file of certificates of an in-house mail server, beside those of the system
FAX_FOLDER = os.environ.get("GUIJU_FAX_FOLDER", "")  # where a fax server drops files; CODE=/path,CODE=/path with several hotels

# Hosts of the hotel's own to which robots of group chats may send, beside the vendors': https://chat.hotel.example,http://10.0.0.5:8080
CHAT_ORIGINS = frozenset(one.strip().rstrip("/") for one in os.environ.get("GUIJU_CHAT_ORIGINS", "").split(",") if one.strip())

NINJA_PAGINATION_MAX_LIMIT = 200
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "guiju.config.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("GUIJU_LOG", "WARNING" if GUIJU_MODE == "test" else "INFO")},
}
