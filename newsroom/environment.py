"""The environment variables, and the one file they may stand in instead."""

import ipaddress
from collections.abc import Iterable
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured


def read_environment() -> environ.Env:
    """Return the environment with the lines of the file that SETTINGS_FILE names; what is set already stays.

    systemd, the command `toasoan` and Docker only say where the file lies, so it is read by one language.
    Raises ImproperlyConfigured when it cannot be read.
    """
    env = environ.Env()
    if file := env.str("SETTINGS_FILE", default=""):
        try:
            with Path(file).open(encoding="utf-8") as lines:
                env.read_env(lines)
        except OSError as error:
            raise ImproperlyConfigured(f"SETTINGS_FILE cannot be read: {error}.") from error
    return env


type Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def networks_of(words: Iterable[str]) -> list[Network]:
    """Return the networks written as “10.0.0.0/8” or single addresses. Raises ImproperlyConfigured."""
    try:
        return [ipaddress.ip_network(word.strip()) for word in words if word.strip()]
    except ValueError as error:
        raise ImproperlyConfigured(f"METRICS_FROM has no network: {error}.") from error
