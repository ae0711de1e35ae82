"""Pinned certificates and signed files for tests."""

from typing import Any

from signing.models import TrustedCertificate
from signing.pinning import pin
from tests.signing.authority import Authority, authority, leaf, sign


def pin_authority(of: Authority | None = None, *, is_trial: bool = False) -> TrustedCertificate:
    """Pin the root and the sub authority; returns the root's row."""
    of = of or authority()
    pin(of.sub_der, source="Kiểm thử", is_trial=False)
    return pin(of.root_der, source="Kiểm thử", is_trial=is_trial)


def sign_by_both(data: bytes, person: str, agency: str, **more: Any) -> bytes:
    return sign(sign(data, leaf(person), **more), leaf(agency), **more)
