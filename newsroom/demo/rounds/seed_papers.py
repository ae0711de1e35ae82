"""The giấy khen of the seed's decision on paper: ordered while the demo is made, signed once they are drawn.

Drawing and signing take some seconds of a core, so the demo's worker does both after the pages are served.
"""

import time

from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import User
from awards.models import Decision
from awards.paper.signing import SIGNED
from awards.paper.subject import GIAY_KHEN
from newsroom.demo.registers import SEED_ORDER
from press.enums import Purpose
from press.models import PrintRun
from press.ordering import Order, order_run
from press.proofs import confirm_read
from press.sheets import digest_of, sheets_of
from press.starting import make_default_template
from signing.checker import ToCheck, check
from signing.handing_off import hand_off
from signing.models import SignedFile
from signing.pinning import pin
from signing.storing import store_signed

SOURCE = "Tạo riêng cho bản dùng thử; chữ ký thuộc gốc này không có giá trị."
PATIENCE = 300  # seconds
# Under the capacity of the signer, in points: the signature, and the seal over a third of it.
STAMPS = ((560, 70, 680, 120), (500, 80, 580, 114))


def order_papers(decision: Decision, registrar: User, reader: User) -> None:
    """Confirm a template, have the sheets read by a second person, and leave them for the worker."""
    template = make_default_template(GIAY_KHEN, decision.issuer)
    template.confirmed_on, template.confirmed_by = timezone.localdate(), registrar
    template.save()
    order_run(GIAY_KHEN, decision, Order(template, Purpose.SIGNING), registrar)
    sheets = sheets_of(GIAY_KHEN, decision)
    seen = {sheet.key: digest_of(sheet, GIAY_KHEN) for sheet in sheets}
    confirm_read(GIAY_KHEN, decision, sheets, seen, reader)


def sign_when_drawn() -> None:
    """Wait until the sheets are drawn, then sign the first of them, once."""
    decision = Decision.objects.filter(number=SEED_ORDER).first()
    if decision is None:
        return
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and not SignedFile.objects.about(decision).exists():
        run = PrintRun.objects.about(decision).order_by("pk").first()
        if run is None or run.failure or run.files_deleted_at:
            return
        if run.finished_at:
            sign_first(decision)
            return
        time.sleep(1)


def sign_first(decision: Decision) -> None:
    """Give all sheets out to be signed, and take the first back, signed by the demo's own authority."""
    from newsroom.demo.rounds.trial_authority import TrialAuthority  # noqa: PLC0415 (1.3 s before the first page)

    registrar = User.objects.get(username="thidua")
    first = hand_off(SIGNED, decision, registrar)[0]
    with default_storage.open(first.stored) as file:
        frozen = file.read()
    authority = TrialAuthority()
    pin(authority.root, source=SOURCE, is_trial=True)
    data = frozen
    for name, box in zip((first.person, first.agency), STAMPS, strict=True):
        data = authority.sign(data, name, box)
    answer = check([ToCheck("x", data, frozen, first.clear)])["x"]
    if problem := answer["problem"] or store_signed(SIGNED, first, data, answer, registrar):
        raise RuntimeError(problem)
