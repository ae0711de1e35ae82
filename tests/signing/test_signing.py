"""From a decision to signed giấy khen that anybody can check; the same for a document."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from approvals.enums import RecordStatus
from approvals.models import AuditEntry
from awards.models import Commendation, Decision
from awards.paper.subject import GIAY_KHEN
from awards.verification import proof
from documents.files import attach
from documents.models import OfficialDocument
from press.enums import Purpose
from press.proofs import confirm_read
from press.sheets import digest_of, sheets_of
from signing.intake import check_due
from signing.models import HandOff, Intake, SignedFile, SignerName
from tests.factories.awards import make_commendation, make_decision
from tests.factories.departments import make_user
from tests.factories.documents import make_document
from tests.factories.press import make_template, print_sheets
from tests.factories.signing import pin_authority, sign_by_both
from tests.signing.authority import Authority, leaf, sign
from tests.signing.papers import altered, sheet, slip_text

pytestmark = pytest.mark.django_db
PERSON, AGENCY = "Lê Thị Thanh Xuân", "Sở Giáo dục và Đào tạo Đắk Lắk"
STAMP, SEAL = (620, 70, 700, 120), (580, 80, 630, 125)


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.VAR_DIR = tmp_path / "uploads", tmp_path


@pytest.fixture
def decision(province, registrar, managing_editor):
    """Two giấy khen, drawn for signing and read by a second person; the authority is pinned."""
    pin_authority()
    decision = make_decision("1302/QĐ-SGDĐT", province)
    for name in ("Trần Đức Mạnh", "H’Bluên Ayŭn Êban"):
        make_commendation(decision, name, recipient_title="Giáo viên")
    template = make_template(province, confirmed_on=timezone.localdate(), confirmed_by=registrar)
    print_sheets(decision, template, registrar, purpose=Purpose.SIGNING)
    sheets = sheets_of(GIAY_KHEN, decision)
    seen = {sheet.key: digest_of(sheet, GIAY_KHEN) for sheet in sheets}
    confirm_read(GIAY_KHEN, decision, sheets, seen, managing_editor)
    return decision


def address(record, screen="sign"):
    name = f"{record._meta.app_label}_{record._meta.model_name}_{screen}"
    return reverse(f"admin:{name}", kwargs={"object_id": record.pk})


def unpacked(answer):
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def send(client, record, data, name="da-ky.pdf"):
    """Send a file and let it be checked; returns what was found of each file."""
    sent = client.post(address(record), {"signed": SimpleUploadedFile(name, data)})
    check_due()
    return Intake.objects.about(record).first().results if sent.status_code == 302 else sent.text


def drop(client, data):
    answer = client.post("/kiem-tra-tep/", {"tep": SimpleUploadedFile("x.pdf", data)})
    assert "no-store" in answer["Cache-Control"]
    return answer.text


def test_a_whole_decision_goes_out_comes_back_and_is_shown_as_signed(client, decision, registrar):
    client.force_login(registrar)
    client.post(address(decision), {"hand_off": "1"})
    waiting = unpacked(client.get(address(decision, "sign_waiting")))
    assert list(waiting) == ["001 Trần Đức Mạnh.pdf", "002 H’Bluên Ayŭn Êban.pdf"]
    client.post(address(decision), {"hand_off": "1"})  # pressed twice: the same two wait
    assert HandOff.objects.count() == 2
    signed = {name: sign_by_both(data, PERSON, AGENCY) for name, data in waiting.items()}
    signed["la.pdf"] = b"%PDF-1.7 la"
    results = send(client, decision, zipped(signed), "tat-ca.zip")
    assert [bool(one["problem"]) for one in results] == [False, False, True]
    assert "chưa kiểm tra thu hồi" in client.get(f"{Commendation.objects.first().get_absolute_url()}").text
    row = Commendation.objects.get(recipient_name="Trần Đức Mạnh")
    kept = proof(row)["signed"]
    assert (kept.signers, len(kept.chain)) == (f"{PERSON}; {AGENCY}", 4)
    last = AuditEntry.objects.filter(action="Nhận tệp ký số giấy khen").last()
    assert f"{PERSON}; {AGENCY}. Chưa kiểm tra thu hồi" in last.note
    assert unpacked(client.get(address(decision, "sign_signed"))) == {
        name: data for name, data in signed.items() if name != "la.pdf"
    }
    page = client.get(address(decision)).text
    assert "Đã nhận: 2 tệp" in page
    assert "Không phải tệp đang chờ ký" in page
    # Anybody can drop the file; the same file twice is refused for the office.
    client.logout()
    good = signed["001 Trần Đức Mạnh.pdf"]
    text = drop(client, good)
    assert "Đúng là tệp đã ký số đang lưu ở đây" in text
    assert "Chưa kiểm tra thu hồi" in text
    assert row.get_absolute_url() in text
    assert "Không công nhận" in drop(client, good + b"%x")
    # What the register says otherwise today is not signed any more, wherever it is asked.
    Commendation.objects.filter(pk=row.pk).update(recipient_title="Hiệu trưởng")
    assert "Chưa ký số" in client.get(row.get_absolute_url()).text
    assert "nay không còn khớp" in drop(client, good)
    Decision.objects.update(status=RecordStatus.WITHDRAWN)
    assert "không có trong sổ" in drop(client, good)


def test_no_forged_file_is_taken_in_or_shown_as_valid(client, decision, registrar):
    client.force_login(registrar)
    client.post(address(decision), {"hand_off": "1"})
    first, second = unpacked(client.get(address(decision, "sign_waiting"))).values()
    stranger = Authority()
    good = sign_by_both(first, PERSON, AGENCY)
    half = sign(first, leaf(PERSON))
    cases = {
        "forged": sign(sign(first, stranger.leaf(PERSON)), stranger.leaf(AGENCY)),
        "cut": good[:-900],
        "after": good + b"\n%%EOF\n",
        "slipped": sign_by_both(altered(first, slip_text), PERSON, AGENCY),
        "by the person alone": half,
        "by the agency alone": sign(first, leaf(AGENCY)),
        "twice by the person": sign(half, leaf(PERSON)),
        "in the other order": sign_by_both(first, AGENCY, PERSON),
        "by three": sign(good, leaf(AGENCY)),
        "by another person": sign_by_both(first, "Nguyễn Văn Khác", AGENCY),
        "another tone": sign_by_both(first, "Lê Thị Thanh Xuấn", AGENCY),
        "by another agency": sign_by_both(first, PERSON, "Sở Nội vụ"),
        "signed again over a stranger": sign(good, stranger.leaf(AGENCY)),
        "over the name": sign_by_both(first, PERSON, AGENCY, box=(300, 290, 420, 330)),
        "unsigned": first,
    }
    results = send(client, decision, zipped({f"{name}.pdf": data for name, data in cases.items()}), "x.zip")
    assert {one["name"].removesuffix(".pdf"): bool(one["problem"]) for one in results} == dict.fromkeys(
        cases, True
    )
    assert not SignedFile.objects.exists()
    for name in ("slipped", "by another person"):
        text = drop(client, cases[name])
        assert "Không công nhận được tệp này" in text, name
    row = decision.commendations.first()
    assert "Chưa ký số" in client.get(row.get_absolute_url()).text
    # A name that certificates write otherwise is the administrator's to say.
    SignerName.objects.create(name=PERSON, on_certificate="Le Thi Thanh Xuan 0123")
    # Revoked since it was given out: not taken in.
    rows = decision.commendations.order_by("recipient_kind", "position", "pk")
    Commendation.objects.filter(pk=rows[1].pk).update(
        revoked_on=timezone.localdate(), revocation_number="2/QĐ", revocation_reason="Sai"
    )
    respelled = sign_by_both(first, "Le Thi Thanh Xuan 0123", AGENCY)
    both = {"a.pdf": respelled, "b.pdf": sign_by_both(second, PERSON, AGENCY)}
    good, bad = send(client, decision, zipped(both), "x.zip")
    assert good["problem"] == ""
    assert "không còn khớp" in bad["problem"]


def test_signatures_of_a_trial_authority_are_always_called_so(client, decision, registrar):
    trial = Authority("Chỉ để thử")
    pin_authority(trial, is_trial=True)
    client.force_login(registrar)
    client.post(address(decision), {"hand_off": "1"})
    first, _second = unpacked(client.get(address(decision, "sign_waiting"))).values()
    data = sign(sign(first, trial.leaf(PERSON), box=STAMP), trial.leaf(AGENCY), box=SEAL)
    [answer] = send(client, decision, data)
    assert answer["problem"] == ""
    page = client.get(decision.commendations.first().get_absolute_url()).text
    assert "Chữ ký thử nghiệm, không có giá trị" in page
    assert "Đã ký số" not in page
    assert "thử nghiệm, không có giá trị" in drop(client, data)


def test_what_is_no_upload_of_signed_files_is_refused_in_words(client, decision, registrar):
    client.force_login(registrar)
    for data, name, words in (
        (b"word", "x.docx", "Chỉ nhận tệp PDF"),
        (zipped({"a.txt": b"x"}), "x.zip", "không có tệp PDF nào"),
        (b"PK\x03\x04 cut", "x.zip", "Chỉ nhận tệp PDF"),
    ):
        assert words in send(client, decision, data, name)
    assert "Hãy chọn tệp" in client.post(address(decision), {}).text
    assert "Hãy chọn tệp PDF" in client.post("/kiem-tra-tep/", {}).text
    assert "Không công nhận" in drop(client, b"not a file")
    assert client.get("/kiem-tra-tep/").status_code == 200
    assert client.get(address(decision, "sign_signed")).status_code == 404
    assert client.post(address(decision, "sign_waiting")).status_code == 405


def test_signing_belongs_to_who_prints(client, decision, head, managing_editor, school):
    strangers = [head, managing_editor, make_user("vanthu2", Role.REGISTRAR, school)]
    for person in strangers:
        client.force_login(person)
        for screen in ("sign", "sign_progress", "sign_waiting", "sign_signed"):
            assert client.get(address(decision, screen)).status_code == 403, (person, screen)
        assert client.post(address(decision), {"hand_off": "1"}).status_code == 403
    assert not HandOff.objects.exists()


def test_a_document_is_signed_before_it_is_published_or_comes_signed(client, province, registrar):
    pin_authority()
    client.force_login(registrar)
    document = make_document("12/QĐ-SGDĐT", issuer=province, signer=PERSON, status=RecordStatus.DRAFTING)
    assert "cần tệp PDF" in client.post(address(document), {"hand_off": "1"}).text
    attach_pdf(document, sheet())
    client.post(address(document), {"hand_off": "1"})
    [data] = unpacked(client.get(address(document, "sign_waiting"))).values()
    agency = province.name
    [answer] = send(client, document, sign_by_both(data, PERSON, agency))
    assert answer["problem"] == ""
    OfficialDocument.objects.update(status=RecordStatus.PUBLIC, published_at=timezone.now())
    page = client.get(document.get_absolute_url())
    assert "Đã ký số, chưa kiểm tra thu hồi" in page.text
    fetched = b"".join(client.get(f"{document.get_absolute_url()}tep/").streaming_content)
    assert "Đúng là tệp đã ký số" in drop(client, fetched)
    # Another one, signed elsewhere.
    came = make_document("13/QĐ-SGDĐT", issuer=province, signer=PERSON)
    attach_pdf(came, sign_by_both(sheet("So 13"), PERSON, agency))
    assert client.post(address(came), {"as_it_came": "1"}).status_code == 302
    assert "Đã ký số" in client.get(came.get_absolute_url()).text
    attach_pdf(came, sheet("So 13 khac"))  # another file takes its place: not signed
    assert "Đã ký số" not in client.get(came.get_absolute_url()).text
    assert "đang công bố" in client.post(address(came), {"hand_off": "1"}).text


def attach_pdf(document, data):
    document.refresh_from_db()
    attach(document, SimpleUploadedFile("x.pdf", data))
    document.save()
