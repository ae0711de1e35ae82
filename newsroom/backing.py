"""How the services that the environment names are used: database, shared cache, mail server."""

from typing import Any


def database_of(named: dict[str, Any], pool: int) -> dict[str, Any]:
    """The entry of DATABASES for what DATABASE_URL names; `pool`: a process's connections to PostgreSQL."""
    if named["ENGINE"].endswith("sqlite3"):
        # Measured: with IMMEDIATE, WAL and a timeout no concurrent write fails; the defaults lose most.
        options = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
        # Opening the file anew for each request costs a tenth of a page.
        return named | {"OPTIONS": options, "CONN_MAX_AGE": 60}
    own = {
        "ENGINE": "newsroom.postgresql",
        "CONN_MAX_AGE": 0,  # the pool keeps the connections, not Django
        "CONN_HEALTH_CHECKS": True,  # after a restart of the server nobody is given a dead one
    }
    return named | own | {"OPTIONS": _patience(pool) | named.get("OPTIONS", {})}


def _patience(pool: int) -> dict[str, Any]:
    """How long a page waits for PostgreSQL, and how soon one that was away is found again (seconds)."""
    return {
        "connect_timeout": 3,
        "tcp_user_timeout": 15_000,  # ms; a machine that vanished without a word
        "pool": {"min_size": 1, "max_size": pool, "timeout": 3, "reconnect_timeout": 2},
    }


def cache_of(named: dict[str, Any]) -> dict[str, Any]:
    """The entry of CACHES for what CACHE_URL names: a Redis may be away, the site then goes without it."""
    if named["BACKEND"].endswith("redis.RedisCache"):
        return named | {"BACKEND": "newsroom.shared_cache.SharedCache"}
    return named


_MAIL_OPTIONS = {
    "host": "EMAIL_HOST",
    "port": "EMAIL_PORT",
    "username": "EMAIL_HOST_USER",
    "password": "EMAIL_HOST_PASSWORD",
    "use_tls": "EMAIL_USE_TLS",
    "use_ssl": "EMAIL_USE_SSL",
    "file_path": "EMAIL_FILE_PATH",
}


def mailer_of(named: dict[str, Any]) -> dict[str, Any]:
    """The entry of MAILERS for what EMAIL_URL names."""
    options = {option: named[name] for option, name in _MAIL_OPTIONS.items() if named.get(name)}
    if named["EMAIL_BACKEND"].endswith("smtp.EmailBackend"):
        # A mail server that says nothing must not hold the worker, which also publishes.
        options.setdefault("timeout", 15)
    return {"BACKEND": named["EMAIL_BACKEND"], "OPTIONS": options}
