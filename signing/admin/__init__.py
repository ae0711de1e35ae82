"""The admin of signed files."""

from signing.admin.trust import SignerNameAdmin, TrustedCertificateAdmin

__all__ = ["SignerNameAdmin", "TrustedCertificateAdmin"]
