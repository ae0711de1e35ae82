"""All settings, set by environment variables. By default: one machine, SQLite, files in var/."""

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django_prose_editor.config import html_tags
from js_asset import static_lazy
from whitenoise.compress import Compressor

from accounts.roles import GUARDED_ROLES
from foundation.pagestore.edge_targets import targets_of
from inbox.mail_url import mailer_of
from media.storage_url import storage_of
from newsroom.environment import networks_of, read_environment
from newsroom.guarding.limits import LIMITS  # noqa: F401 (foundation.limiting reads it)
from newsroom.logs.configuration import logging_of

BASE_DIR = Path(__file__).resolve().parent.parent
env = read_environment()
# Everything this machine writes; the folder of the code may be read-only.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

# --- What kind of run this is -------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
# The demo newsroom: published accounts, a loopback address. Never on a real site.
DEMO = env.bool("DEMO", default=False)
# Printed by `manage.py demo`, the same for all its accounts; accounts.backends refuses it elsewhere.
DEMO_PASSWORD = "phong-bien-tap-2026"  # noqa: S105 (not a secret)
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
HTTPS = SITE_URL.startswith("https://")

SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not (DEBUG or DEMO):
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Put a long random value in the environment, for example "
            "SECRET_KEY=$(python3 -c 'import secrets; print(secrets.token_urlsafe(50))'). "
            "To try the newsroom on this machine only, run: manage.py demo"
        )
    # One key for this copy of the demo, generated once and stored outside the repository.
    key_file = VAR_DIR / "secret_key"
    if not key_file.exists():
        VAR_DIR.mkdir(exist_ok=True)
        key_file.touch(mode=0o600)
        key_file.write_text(secrets.token_urlsafe(50))
    SECRET_KEY = key_file.read_text()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- Applications, lowest first (ARCHITECTURE.md) -----------------------------
INSTALLED_APPS = [
    "newsroom.apps.NewsroomAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.forms",  # FORM_RENDERER below needs its templates
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_otp_webauthn",
    "django_prose_editor",
    "taggit",
    "foundation.pagestore",
    "foundation.search",
    "identity",
    "accounts",
    "inbox",
    "departments",
    "approvals",
    "second_factor",
    "media",
    "press",
    "signing",
    "documents",
    "events",
    "awards",
    "daybook",
    "training",
    "articles",
    "staff",
    "reform",
    "rounds",
    "fees",
    "frontpage",
    "newsroom.apps.NewsroomConfig",
]

MIDDLEWARE = [
    # Outside the page store: what they add belongs to one request.
    "newsroom.logs.request_ids.RequestIdMiddleware",
    "newsroom.metrics.counting.CountingMiddleware",
    # Before all that follow: it must see the headers that they add.
    "foundation.pagestore.middleware.PageStoreMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # Before whitenoise, so that static files get the header too.
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "newsroom.middleware.PermissionsPolicyMiddleware",
    "newsroom.middleware.AskAgainMiddleware",
    "newsroom.middleware.HealthMiddleware",
    "newsroom.middleware.OwnHostMiddleware",
    "newsroom.moving.shutting.MovingMiddleware",
    "newsroom.middleware.BusyMiddleware",
    "newsroom.staticfiles.StaticFilesMiddleware",
    "newsroom.middleware.PrivateAnswersMiddleware",
    "newsroom.middleware.TextGZipMiddleware",
    "newsroom.middleware.WritableTextMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    # Whoever has not shown the second factor is a stranger to everything after it.
    "second_factor.middleware.DoorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.sessions.SessionMoments",
    "newsroom.guarding.arrivals.ArrivalsMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.context_processors.site",
            ],
            # Loaded everywhere, because components are included with `only`.
            "builtins": [
                "newsroom.templatetags.typography",
                "newsroom.templatetags.structured",
                "newsroom.templatetags.doors",
                "newsroom.templatetags.drawing",
                "newsroom.templatetags.controls",
                "newsroom.templatetags.moments",
                "newsroom.templatetags.whose",
            ],
        },
    },
]
# Our templates override the admin's and those of widgets.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Data -----------------------------------------------------------------------
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def database_of(named: dict[str, Any], pool: int) -> dict[str, Any]:
    """Return the entry of DATABASES; `pool` is the size of a process's pool of PostgreSQL connections."""
    if named["ENGINE"].endswith("sqlite3"):
        # Measured: with IMMEDIATE, WAL and a timeout no concurrent write fails; with the defaults most do.
        options = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
        # Opening the file for each request takes a tenth of the time of a page.
        return named | {"OPTIONS": options, "CONN_MAX_AGE": 60}
    own = {
        "ENGINE": "newsroom.postgresql",
        "CONN_MAX_AGE": 0,  # the pool keeps the connections, not Django
        "CONN_HEALTH_CHECKS": True,  # after a restart of the server, no dead connection is used
    }
    # How long a page waits, and how soon a server that was away is found again (seconds).
    options = {
        "connect_timeout": 3,
        "tcp_user_timeout": 15_000,  # ms; for a machine that vanished without closing the connection
        "pool": {"min_size": 1, "max_size": pool, "timeout": 3, "reconnect_timeout": 2},
    }
    return named | own | {"OPTIONS": options | named.get("OPTIONS", {})}


def cache_of(named: dict[str, Any]) -> dict[str, Any]:
    """Return the entry of CACHES; the site also works while Redis is away."""
    if named["BACKEND"].endswith("redis.RedisCache"):
        return named | {"BACKEND": "newsroom.shared_cache.SharedCache"}
    return named


DATABASES = {
    "default": database_of(
        env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}"),
        pool=env.int("DATABASE_POOL", default=8),
    )
}
CACHES = {"default": cache_of(env.cache_url("CACHE_URL", default="locmemcache://"))}
# What is counted against LIMITS above: by all machines in Redis, else by all processes of this machine.
_COUNTERS = str(VAR_DIR / "limits.sqlite3")
CACHES["limits"] = (
    CACHES["default"]
    | {
        "BACKEND": "newsroom.shared_cache.SharedCounters",
        "OPTIONS": CACHES["default"].get("OPTIONS", {}) | {"alone": _COUNTERS},
    }
    if CACHES["default"]["BACKEND"].endswith("SharedCache")
    else {"BACKEND": "foundation.limiting.counters.FileCounters", "LOCATION": _COUNTERS}
)

# Rendered public pages, for nginx and this process; empty: every page is rendered for each request.
PAGE_STORE = env.str("PAGE_STORE", default="" if DEBUG else str(VAR_DIR / "pages"))
PAGE_STORE_BYTES = env.int("PAGE_STORE_BYTES", default=512 * 1024 * 1024)
# Varnish or a CDN in front, which gets purges by tag; how long it may keep pages without them.
PURGE_TARGETS = targets_of(env.list("PURGE_URL", default=[]))
PURGE_TOKEN = env.str("PURGE_TOKEN", default="")
EDGE_SECONDS = env.int("EDGE_SECONDS", default=300)
# Readers' browsers keep pages for reading without a network; off: their copies are deleted.
OFFLINE_READING = env.bool("OFFLINE_READING", default=True)

MEDIA_URL = "/uploads/"
MEDIA_ROOT = VAR_DIR / "uploads"
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": storage_of(env.str("MEDIA_STORAGE_URL", default="")),
    "staticfiles": {"BACKEND": "newsroom.staticfiles.OneSheetManifestStorage"},
}
WHITENOISE_MANIFEST_STRICT = True
# Browsers and crawlers request these fixed addresses, whatever a page names.
WHITENOISE_ROOT = BASE_DIR / "static" / "root"
WHITENOISE_MAX_AGE = 24 * 60 * 60
# Source maps are the largest files and no reader needs them; compressing them takes half the time.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]
# A photo of a phone has 3-12 MB; media/uploads.py refuses larger ones with a message.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# An event typed with 2,000 delegates has 14,000 fields. Reading 20,000 takes 0.12 s (0.5 s with files).
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# --- People -------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.backends.PasswordBackend",
    "django_otp_webauthn.backends.WebAuthnBackend",
    "departments.backends.PositionBackend",
]
PASSWORD_HASHERS = [
    "accounts.hashing.TurnedArgon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# On this machine, in all processes; who gets no turn within so many seconds is told to try again.
HASHINGS_AT_ONCE = 2
HASHING_PATIENCE = 3
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    # NIST SP 800-63B-4 and ASVS 5 ask 8, advise 15 without a second factor.
    {"NAME": "accounts.password_length.LengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "accounts.guessable.GuessablePasswordValidator"},
]
# “Quên mật khẩu?” is answered after so many seconds, whether there is such an account or not.
FORGOTTEN_SECONDS = 0.5
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
# Two hours without doing anything end a session, and twelve hours in any case: a school day and an evening.
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 2 * 60 * 60
SESSION_LONGEST = 12 * 60 * 60
# With HTTPS a browser takes these names from this host alone, over HTTPS, for the whole site (RFC 6265bis);
# the page store, nginx and Varnish know a signed-in reader by what the session's name ends with.
_HOST_ONLY = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_HOST_ONLY}sessionid"
CSRF_COOKIE_NAME = f"{_HOST_ONLY}csrftoken"
DEVICE_COOKIE_NAME = f"{_HOST_ONLY}thiet-bi"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
# How many proxies of ours are in front (nginx: 1); if wrong, all visitors share one address.
PROXIES = env.int("PROXIES", default=0)

# Roles that must have a passkey or a code app (accounts.roles); empty: nobody must. Off in the demo, which is
# one published password away.
SECOND_FACTOR_ROLES = env.list("SECOND_FACTOR_ROLES", default=[] if DEMO else [*map(str, GUARDED_ROLES)])
# Passkeys belong to the host of SITE_URL for ever: another host makes all of them useless. Without HTTPS
# browsers offer them at localhost only.
_HOST, _PORT = urlsplit(SITE_URL).hostname or "localhost", urlsplit(SITE_URL).port
OTP_WEBAUTHN_RP_ID = _HOST if HTTPS else "localhost"
OTP_WEBAUTHN_RP_NAME = OTP_TOTP_ISSUER = f"Phòng biên tập {_HOST}"
OTP_WEBAUTHN_ALLOWED_ORIGINS = [SITE_URL if HTTPS else f"http://localhost:{_PORT or 80}"]
OTP_WEBAUTHN_HELPER_CLASS = "second_factor.keys.KeyCeremony"

# Which dated relation the approval line follows: see departments.enums.RelationKind.
APPROVAL_LINE = env.str("APPROVAL_LINE", default="professional")

# When an answer can be expected, Monday to Friday; days off are rows (departments.DayOff).
WORKING_HOURS = env.list("WORKING_HOURS", default=["07:00-11:30", "13:30-17:00"])
# Working hours that a unit has to answer, and hours of grace before the unit above may decide; a kind of unit
# may have its own (articles.ReviewRoute).
REPLY_HOURS = env.int("REPLY_HOURS", default=8)
GRACE_HOURS = env.int("GRACE_HOURS", default=8)

# --- Language and time ------------------------------------------------------------------
LANGUAGE_CODE, LANGUAGES = "vi", [("vi", "Tiếng Việt")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["newsroom.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "articles.public.tags.tags_in"
TAGGIT_STRING_FROM_TAGS = "articles.public.tags.tag_list"
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {
        "js": [static_lazy("js/articles/photo.js")],
        "extensions": {"Photo": html_tags(["figure", "figcaption", "img"], {"figure": ["data-photo"]})},
    },
]

# --- Security ----------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    # The hash of the rich-text editor's base style sheet; a browser test fails if an upgrade changes it.
    "style-src": [CSP.SELF, "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-src": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
}
X_FRAME_OPTIONS = "SAMEORIGIN"
# W019 asks for DENY; the admin shows the story in a frame of our own.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
# Where somebody who found a hole writes to (/.well-known/security.txt): mailto: or https: addresses.
SECURITY_CONTACT = env.list("SECURITY_CONTACT", default=[])
# The load balancer uses plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]

# --- Mail ----------------------------------------------------------------------------------
MAILERS = {"default": mailer_of(env.email_url("EMAIL_URL", default="consolemail://"))}
# The local hour of the daily digest.
DIGEST_HOUR = env.int("DIGEST_HOUR", default=7)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="toasoan@localhost")

# --- Backups ---------------------------------------------------------------------------------
# A good backup is asked for every so many hours, else readyz and the administrators are told; 0: never.
BACKUP_HOURS = env.int("BACKUP_HOURS", default=0 if DEBUG or DEMO else 36)
# A second place for each backup, as MEDIA_STORAGE_URL.
BACKUP_STORAGE = storage_of(url) if (url := env.str("BACKUP_STORAGE_URL", default="")) else None
# Where Debian keeps pg_dump and pg_restore of each version of PostgreSQL.
PG_PROGRAMS = env.str("PG_PROGRAMS", default="/usr/lib/postgresql/{version}/bin")
# How long an answer of readyz may be repeated (seconds).
READY_SECONDS = 5
# With less free space on the disk of VAR_DIR, readyz says so (megabytes).
SPACE_MB = env.int("SPACE_MB", default=1024)

# Files of a print run, and the words they were made of, are deleted after so many days.
PRINT_DAYS = env.int("PRINT_DAYS", default=14)

# --- Logs ------------------------------------------------------------------------------------
# LOG_FORMAT=json for programs that read them; ERROR_HANDLER gets errors besides (docs/van-hanh.md).
LOGGING = logging_of(env.str("LOG_FORMAT", default="line"), env.str("ERROR_HANDLER", default=""))
# Who may ask /metrics: addresses or networks.
METRICS_FROM = networks_of(env.list("METRICS_FROM", default=["127.0.0.1", "::1"]))
