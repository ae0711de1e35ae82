"""A certification authority of the demo alone: new keys each time, its root pinned for trials."""

import datetime
import io

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils import timezone
from PIL import Image, ImageDraw
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from newsroom.demo.papers import paper_font

NAME = "Chứng thư thử của bản dùng thử"
STAMP_WORDS = "CHỮ KÝ THỬ\nKHÔNG CÓ GIÁ TRỊ"
Key = ec.EllipticCurvePrivateKey


class TrialAuthority:
    """Signs as anybody, under a root that is nobody's."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._root = self._certify(NAME, self._key)

    @property
    def root(self) -> bytes:
        return self._root.public_bytes(serialization.Encoding.DER)

    def sign(self, data: bytes, name: str, box: tuple[int, int, int, int]) -> bytes:
        """Return the file with a signature in somebody's name, its stamp in the box (points)."""
        key = ec.generate_private_key(ec.SECP256R1())
        cert = self._certify(name, key)
        der = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        signer = signers.SimpleSigner(
            asn1.Certificate.load(cert.public_bytes(serialization.Encoding.DER)),
            keys.PrivateKeyInfo.load(der),
            SimpleCertificateStore(),
        )
        field = f"Ky{data.count(b'/ByteRange') + 1}"
        facts = signers.PdfSignatureMetadata(
            field_name=field, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
        )
        style = StaticStampStyle(background=PdfImage(_stamp()), border_width=0, background_opacity=1)
        spec = fields.SigFieldSpec(field, box=box, on_page=0)
        out = io.BytesIO()
        signers.PdfSigner(facts, signer, stamp_style=style, new_field_spec=spec).sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(data)), output=out
        )
        return out.getvalue()

    def _certify(self, name: str, key: Key) -> x509.Certificate:
        """Return a certificate for a year: of the root, if the key is its own."""
        is_root = key is self._key
        now = timezone.now()
        return (
            x509.CertificateBuilder()
            .subject_name(_named(name))
            .issuer_name(_named(NAME))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=366))
            .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
            .add_extension(_usage(is_root), critical=True)
            .sign(self._key, hashes.SHA256())
        )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _usage(is_root: bool) -> x509.KeyUsage:
    signs, certifies = not is_root, is_root
    return x509.KeyUsage(signs, signs, False, False, False, certifies, certifies, False, False)


def _stamp() -> Image.Image:
    """Return the words that say what this signature is worth, as a picture."""
    picture = Image.new("RGB", (480, 200), "white")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((4, 4, 475, 195), outline="#b3140f", width=6)
    pen.multiline_text(
        (240, 100), STAMP_WORDS, font=paper_font(44), fill="#b3140f", anchor="mm", align="center", spacing=16
    )
    return picture
