"""A certification authority of the tests: a root, a sub authority, leaves; and files signed with them."""

import datetime
import io
from functools import cache

from asn1crypto import keys, x509
from cryptography import x509 as certs
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)
YEAR = 365 * DAY
_LIST = certs.CRLDistributionPoints(
    [
        certs.DistributionPoint(
            full_name=[certs.UniformResourceIdentifier("http://ca.vi-du.vn/thu.crl")],
            relative_name=None,
            reasons=None,
            crl_issuer=None,
        )
    ]
)


class Authority:
    """A root with a sub authority; `leaf` makes signers below it."""

    def __init__(self, name="Thử nghiệm"):
        self.root_key, self.sub_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        self.root = self._make(f"{name}, gốc", self.root_key, None, is_authority=True)
        self.sub = self._make(f"{name}, cấp dưới", self.sub_key, self.root, is_authority=True)

    def _make(self, name, key, issuer, *, is_authority=False, begins=None, ends=None, purpose=None):
        subject = certs.Name([certs.NameAttribute(NameOID.COMMON_NAME, name)])
        made = (
            certs.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer.subject if issuer else subject)
            .public_key(key.public_key())
            .serial_number(certs.random_serial_number())
            .not_valid_before(begins or NOW - 10 * YEAR)
            .not_valid_after(ends or NOW + 10 * YEAR)
            .add_extension(certs.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(
                certs.KeyUsage(
                    digital_signature=not is_authority,
                    content_commitment=not is_authority,
                    key_encipherment=False,
                    data_encipherment=False,
                    key_agreement=False,
                    key_cert_sign=is_authority,
                    crl_sign=is_authority,
                    encipher_only=False,
                    decipher_only=False,
                ),
                critical=True,
            )
        )
        if purpose:
            made = made.add_extension(certs.ExtendedKeyUsage([purpose]), critical=True)
        if not is_authority:
            made = made.add_extension(_LIST, critical=False)
        return made.sign(self.root_key if is_authority else self.sub_key, hashes.SHA256())

    def leaf(self, name, **more):
        key = ec.generate_private_key(ec.SECP256R1())
        cert = self._make(name, key, self.sub, **more)
        return signer_of(cert, key)

    def lists(self, *revoked):
        """Return revocation lists that hold now (DER): the root's, empty, and the sub authority's."""
        return [self._list(self.root, self.root_key, ()), self._list(self.sub, self.sub_key, revoked)]

    def _list(self, issuer, key, revoked):
        made = (
            certs.CertificateRevocationListBuilder()
            .issuer_name(issuer.subject)
            .last_update(NOW - 10 * DAY)
            .next_update(NOW + 10 * DAY)
        )
        for signer in revoked:
            made = made.add_revoked_certificate(
                certs.RevokedCertificateBuilder()
                .serial_number(signer.signing_cert.serial_number)
                .revocation_date(NOW - 2 * DAY)
                .build()
            )
        return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    @property
    def root_der(self):
        return self.root.public_bytes(serialization.Encoding.DER)

    @property
    def sub_der(self):
        return self.sub.public_bytes(serialization.Encoding.DER)

    def timestamper(self, at):
        key = rsa.generate_private_key(65537, 2048)  # pyHanko's dummy knows RSA alone
        cert = self._make("Dấu thời gian", key, self.sub, purpose=ExtendedKeyUsageOID.TIME_STAMPING)
        return DummyTimeStamper(*_as_asn1(cert, key), fixed_dt=at)


def _as_asn1(cert, key):
    der = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    loaded = x509.Certificate.load(cert.public_bytes(serialization.Encoding.DER))
    return loaded, keys.PrivateKeyInfo.load(der)


def signer_of(cert, key):
    loaded, private = _as_asn1(cert, key)
    return signers.SimpleSigner(loaded, private, SimpleCertificateStore())


@cache
def authority():
    return Authority()


@cache
def leaf(name):
    return authority().leaf(name)


def sign(data, signer, *, field=None, box=None, timestamper=None, digest="sha256", form=None):
    """Return the file with one more signature; `box` makes it visible on the first page."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    name = field or f"Ky{data.count(b'/ByteRange') + 1}"
    facts = signers.PdfSignatureMetadata(
        field_name=name, md_algorithm=digest, subfilter=form or fields.SigSeedSubFilter.PADES
    )
    spec = fields.SigFieldSpec(name, box=box, on_page=0) if box else None
    out = io.BytesIO()
    signers.PdfSigner(facts, signer, timestamper=timestamper, new_field_spec=spec).sign_pdf(
        writer, output=out, in_place=False
    )
    return out.getvalue()
