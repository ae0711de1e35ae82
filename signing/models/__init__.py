"""Tables of signed files."""

from signing.models.files import HandOff, Intake, SignedFile
from signing.models.trust import SignerName, TrustedCertificate

__all__ = ["HandOff", "Intake", "SignedFile", "SignerName", "TrustedCertificate"]
