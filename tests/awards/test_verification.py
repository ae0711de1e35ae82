"""The verification page, state by state, in its exact words."""

import re

import pytest

from approvals.engine import StepRefused, take
from approvals.enums import RecordStatus
from awards.revocation import revoke
from awards.verification import Verification, qr_code, verify
from awards.workflow import WORKFLOW
from tests.factories.awards import SIGNED_ON, make_award_kind, make_commendation, make_decision

pytestmark = pytest.mark.django_db

FORM = "/khen-thuong/xac-minh/"


def page(client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    assert "no-store" in response["Cache-Control"]
    return response.content.decode()


def test_the_empty_form(client):
    html = page(client, FORM)
    assert "Quét mã QR trên giấy khen, hoặc nhập mã." in html
    assert 'name="ma" value=""' in html
    assert "note ok" not in html
    assert "noindex" not in html


def test_a_true_code(client):
    row = make_commendation(
        make_decision("1247/QĐ-SGDĐT"), "H’Nương Byă", unit_name="Trường PTDTNT THCS huyện Krông Ana"
    )
    html = page(client, f"{FORM}{row.verify_code}/")
    assert ("<strong>Giấy khen có thật.</strong> Khớp với quyết định đã ban hành, chưa bị thu hồi.") in html
    assert "<dt>Người được khen</dt><dd>H’Nương Byă</dd>" in html
    assert "<dt>Đơn vị khi được khen</dt><dd>Trường PTDTNT THCS huyện Krông Ana</dd>" in html
    assert 'href="/khen-thuong/quyet-dinh/1247-qd-sgddt-2017/">1247/QĐ-SGDĐT</a>, 08/11/2017' in html
    assert "Bản thể hiện, không thay bản gốc." in html
    assert "noindex" in html


def test_another_form_of_award_is_called_by_its_name(client):
    row = make_commendation(award_kind=make_award_kind("Tập thể lao động tiên tiến"))
    assert "<strong>Tập thể lao động tiên tiến có thật.</strong>" in page(client, row.get_absolute_url())


@pytest.mark.parametrize("typed", ["{0}", "  {0} ", "{1}", "{2}"])
def test_a_typed_code_moves_to_its_own_address(typed, client):
    code = make_commendation().verify_code
    written = typed.format(code, code.lower(), code.replace("-", " "))
    response = client.get(FORM, {"ma": written})
    assert response.status_code == 302
    assert response["Location"] == f"{FORM}{code}/"


def test_an_address_typed_otherwise_moves_to_the_printed_one(client):
    code = make_commendation().verify_code
    response = client.get(f"{FORM}{code.lower().replace('-', '')}/", follow=True)
    assert response.redirect_chain == [(f"{FORM}{code}/", 301)]


def test_an_unknown_code(client):
    html = page(client, f"{FORM}DL17-0412-9QXP/", 404)
    assert (
        "<strong>Không thấy giấy khen này.</strong> Kiểm lại mã; nếu vẫn không thấy, gọi Văn phòng Sở để đối "
        "chiếu bản gốc."
    ) in html
    assert 'value="DL17-0412-9QXP"' in html


def test_what_is_no_code_says_how_a_code_looks(client):
    html = page(client, f"{FORM}?ma=DL17-0412", 404)
    assert "Không thấy giấy khen này." in html
    assert "Mã gồm 2 chữ, 2 số rồi 8 chữ và số, ví dụ GK17-7K3M-9QXP." in html
    assert 'value="DL17-0412"' in html
    assert 'aria-invalid="true"' in html
    page(client, f"{FORM}%3Cscript%3E/", 404)


def test_a_revoked_one(client):
    row = make_commendation(
        recipient_name="Trần Đức Mạnh",
        revoked_on="2018-02-01",
        revocation_number="88/QĐ-SGDĐT",
        revocation_reason="Khai báo không đúng",
    )
    html = page(client, row.get_absolute_url())
    assert (
        "<strong>Giấy khen đã bị thu hồi.</strong> Hủy bỏ theo quyết định 88/QĐ-SGDĐT ngày 01/02/2018."
    ) in html
    assert "<s>Trần Đức Mạnh</s>" in html
    assert "Khai báo không đúng" not in html
    assert "có thật" not in html
    listed = client.get(row.decision.get_absolute_url()).content.decode()
    assert '<s>Trần Đức Mạnh</s> <span class="badge bad">Đã thu hồi</span>' in listed
    assert "Quyết định 88/QĐ-SGDĐT, 01/02/2018" in listed


@pytest.mark.parametrize("url", [FORM + "?ma=DL17-O412-9QXP", FORM + "DL17-O412-9QXP/"])
def test_a_mistyped_letter_is_asked_about(url, client):
    html = page(client, url)
    assert "Mã không có chữ O. Có phải bạn muốn gõ số 0: DL17-0412-9QXP?" in html
    assert 'value="DL17-O412-9QXP"' in html
    assert f'href="{FORM}DL17-0412-9QXP/">Kiểm tra DL17-0412-9QXP</a>' in html
    assert "Không thấy giấy khen này." not in html


@pytest.mark.parametrize("status", [RecordStatus.DRAFTING, RecordStatus.IN_REVIEW])
def test_a_drafts_code_is_answered_like_none_at_all(status, client):
    row = make_commendation(make_decision(status=status))
    drafted = page(client, row.get_absolute_url(), 404)
    none = page(client, f"{FORM}DL17-0412-9QXP/", 404)
    assert drafted.replace(row.verify_code, "DL17-0412-9QXP") == none


def test_while_a_decision_is_mended_its_codes_say_so(client, province, registrar):
    row = make_commendation(
        make_decision(issuer=province, summary="Nội dung cũ"),
        "Trần Đức Mạnh",
        published_at="2017-11-09T08:00Z",
    )
    decision = row.decision
    added = make_commendation(decision, "Người chưa công bố")
    type(decision).objects.update(published_at="2017-11-09T08:00Z")
    take(WORKFLOW, decision, "withdraw", actor=registrar, version=1, note="Sai tên một đơn vị")
    html = page(client, row.get_absolute_url())
    assert "<strong>Quyết định của giấy khen này đang được sửa.</strong>" in html
    assert "Trần Đức Mạnh" not in html
    page(client, added.get_absolute_url(), 404)
    gone = client.get(decision.get_absolute_url())
    assert gone.status_code == 410
    assert "Sai tên một đơn vị" in gone.content.decode()
    for word in ("Trần Đức Mạnh", "Nội dung cũ", decision.number):
        assert word not in gone.content.decode()


def test_a_look_up_costs_three_queries(client, django_assert_num_queries):
    row = make_commendation()
    page(client, row.get_absolute_url())  # the addresses of units are kept for a minute
    with django_assert_num_queries(3):  # the row, the issuer’s names, its signed file
        page(client, row.get_absolute_url())


def test_the_qr_code_is_one_path_without_style(client, settings):
    settings.SITE_URL = "https://giaoduc.vidu.example"
    row = make_commendation()
    drawn = qr_code(row)
    assert re.fullmatch(r"(M\d+ \d+\.5h\d+)+", drawn.path)
    assert drawn.size >= 29
    html = page(client, row.get_absolute_url())
    svg = html[html.index("<svg role=") : html.index("</svg>", html.index("<svg role="))]
    assert drawn.path in svg
    assert "style" not in svg
    assert "Mã QR dẫn tới trang xác minh" in svg


def test_the_qr_code_reads_back_as_the_address(settings):
    """The QR code is rebuilt from its path and compared with segno's matrix."""
    segno = pytest.importorskip("segno")
    settings.SITE_URL = "https://giaoduc.vidu.example"
    row = make_commendation()
    drawn = qr_code(row)
    dark = {
        (int(x) + step, int(y))
        for x, y, length in re.findall(r"M(\d+) (\d+)\.5h(\d+)", drawn.path)
        for step in range(int(length))
    }
    wanted = segno.make(f"https://giaoduc.vidu.example{row.get_absolute_url()}", error="m", micro=False)
    matrix = list(wanted.matrix_iter(scale=1, border=2))
    assert dark == {(x, y) for y, line in enumerate(matrix) for x, cell in enumerate(line) if cell}


def test_no_words_at_all_is_the_empty_state():
    assert verify("   ").state == Verification.EMPTY


def test_the_answer_says_who_signed_and_that_no_signed_file_is_known(client):
    row = make_commendation(make_decision(signer_name="Lê Thị Thanh Xuân", signer_prefix="KT."))
    html = page(client, row.get_absolute_url())
    assert '<dd>Lê Thị Thanh Xuân<span class="sub">Phó Giám đốc – KT. (ký thay)</span></dd>' in html
    assert "<dt>Chữ ký số</dt><dd>Chưa ký số<" in html


def test_a_replaced_one_leads_to_the_one_in_its_place(client, province, registrar, django_assert_num_queries):
    decision = make_decision(issuer=province)
    wrong = make_commendation(decision, "Trần Đức Mạn", published_at="2017-11-09T08:00Z")
    right = make_commendation(decision, "Trần Đức Mạnh", published_at="2017-11-09T08:00Z")
    said = {"number": "88/QĐ-SGDĐT", "signed_on": SIGNED_ON, "reason": "Sai tên"}
    for no_code in ("DL17-0412-9QXP", wrong.verify_code):
        with pytest.raises(StepRefused):
            revoke(wrong, actor=registrar, replacement=no_code, **said)
    revoke(wrong, actor=registrar, replacement=right.verify_code.lower(), **said)
    page(client, wrong.get_absolute_url())
    with django_assert_num_queries(3):
        html = page(client, wrong.get_absolute_url())
    assert "Giấy khen này đã được thay bằng tờ khác." in html
    assert f'href="{right.get_absolute_url()}">{right.verify_code}</a>' in html
    assert "có thật" not in html
    assert "có thật" in page(client, right.get_absolute_url())
