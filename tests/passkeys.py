"""A passkey in software: answers a registration as a telephone would."""

import base64
import hashlib
import json
import secrets

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, ATTESTED = 1, 4, 64  # flags of the authenticator's data
BEGIN, DONE = "/admin/khoa-truy-cap/them/", "/admin/khoa-truy-cap/them/xong/"


def answer_to(options, origin="http://localhost:8000"):
    """The JSON that a browser sends for a new key of its own."""
    numbers = ec.generate_private_key(ec.SECP256R1()).public_key().public_numbers()
    # COSE: key type EC2, algorithm ES256, curve P-256, then the two coordinates.
    public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
    name = secrets.token_bytes(32)
    data = hashlib.sha256(options["rp"]["id"].encode()).digest()
    data += bytes([PRESENT | VERIFIED | ATTESTED]) + bytes(4)  # how often it was used
    data += bytes(16) + len(name).to_bytes(2) + name + cbor2.dumps(public)
    said = {"type": "webauthn.create", "challenge": options["challenge"], "origin": origin}
    response = {
        "clientDataJSON": _text(json.dumps(said | {"crossOrigin": False}).encode()),
        "attestationObject": _text(cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})),
        "transports": ["internal"],
    }
    return {"id": _text(name), "rawId": _text(name), "type": "public-key", "response": response}


def _text(words):
    return base64.urlsafe_b64encode(words).rstrip(b"=").decode()
