"""How often somebody may try a password: counted by name, by network address and by device.

A stranger's tries are counted for the name from this address, for the name from everywhere, and for the
address over all names; one full count and no stranger gets further. On a device on which the person signed in
before only that device's own tries count, so strangers never keep the owner of a name out.
"""

from typing import NamedTuple

from django.http import HttpRequest

from accounts.devices import known_device
from accounts.models import User
from foundation.limiting.limits import count_ask, give_back, seconds_to_wait
from foundation.limiting.visitors import network_of

Count = tuple[str, ...]  # a limit of settings.LIMITS, and of what


class Try(NamedTuple):
    """One try of a password. `wait`: seconds until there may be another; 0 if this one may go on."""

    counts: list[Count]
    wait: int


def begin_try(request: HttpRequest, name: str) -> Try:
    """Count a try before the password is looked at, so that many at once are counted too.

    What is refused is not counted.
    """
    counts = _counts(request, name.strip().lower())
    wait = max(seconds_to_wait(*count) for count in counts)
    return Try(counts, wait or max([count_ask(*count) for count in counts]))


def forget_try(tried: Try) -> None:
    """The password was right: it was no guess."""
    for count in tried.counts:
        give_back(*count)


def _counts(request: HttpRequest, name: str) -> list[Count]:
    device = known_device(request, User.objects.filter(username__iexact=name).first())
    if device:
        return [("sign_in_device", str(device.pk))]
    network = network_of(request)
    return [
        ("sign_in", name, network),
        ("sign_in_name", name),
        ("sign_in_network", network),
        ("sign_in_network_day", network),
    ]
