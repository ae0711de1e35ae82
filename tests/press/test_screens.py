"""The screens of the press: who opens them, what they show, what leaves the house."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from approvals.enums import RecordStatus
from approvals.models import AuditEntry
from awards.models import Commendation
from awards.paper.subject import GIAY_KHEN
from press.enums import Purpose
from press.models import PrintBox, Printer, PrintRun, PrintTemplate, ProofReading
from press.ordering import Order, order_run
from press.proofs import confirm_read
from press.running import draw_due
from press.sheets import change_words, digest_of, sheets_of
from tests.factories.awards import make_commendation, make_decision
from tests.factories.departments import make_user
from tests.factories.media import make_upload
from tests.factories.press import make_template, print_sheets

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.VAR_DIR = tmp_path / "uploads", tmp_path


@pytest.fixture
def decision(province):
    decision = make_decision("1302/QĐ-SGDĐT", province)
    make_commendation(decision, "Trần Đức Mạnh", recipient_title="Giáo viên")
    return decision


def address(decision, screen="print", **more):
    return reverse(f"admin:awards_decision_{screen}", kwargs={"object_id": decision.pk} | more)


def confirmed(unit, by):
    return make_template(unit, confirmed_on=timezone.localdate(), confirmed_by=by)


@pytest.fixture
def strangers(school, head, managing_editor, auditor):
    return [head, managing_editor, auditor, make_user("vanthu2", Role.REGISTRAR, school)]


def test_files_leave_the_house_to_the_registrar_alone_and_after_a_second_reader(
    client, decision, registrar, strangers
):
    province, managing_editor = decision.issuer, strangers[1]
    run = print_sheets(decision, confirmed(province, registrar), registrar, purpose=Purpose.SIGNING)
    whole = address(decision, "print_file", run_id=run.pk, which="ca-tap")
    shown = address(decision, "print_picture", template_id=PrintTemplate.objects.get().pk, row_id=1)
    assert client.get(whole).status_code == 302
    for person in strangers:
        client.force_login(person)
        for closed in (whole, shown, address(decision), address(decision, "print_progress")):
            assert client.get(closed).status_code == 403, (person, closed)
    client.force_login(registrar)
    refused = client.get(whole)
    assert (refused.status_code, "bản bông" in refused.text) == (409, True)
    proof = address(decision, "print_proof")
    client.force_login(managing_editor)  # heads the Sở: reads, does not print
    page = client.get(proof).text
    assert "Trần Đức Mạnh" in page
    digest = page.split('name="thay-')[1].split('value="')[1].split('"')[0]
    row = decision.commendations.get()
    client.post(proof, {f"thay-{row.pk}": digest})
    assert ProofReading.objects.get().read_by == managing_editor
    client.force_login(registrar)
    taken = client.get(whole)
    assert b"".join(taken.streaming_content).startswith(b"%PDF-1.7")
    assert "private, no-store" in taken["Cache-Control"]
    assert "cho-ky" in taken["Content-Disposition"]
    assert AuditEntry.objects.order_by("pk").last().action == "Tải tệp in giấy khen: 1 tờ"
    assert PrintRun.objects.get().taken_at is not None
    elsewhere = make_decision(issuer=province)
    assert client.get(address(elsewhere, "print_file", run_id=run.pk, which="ca-tap")).status_code == 404


def test_sheets_that_are_not_todays_do_not_leave_the_house(client, decision, registrar, managing_editor):
    row, other = decision.commendations.get(), make_commendation(decision, "Y Wem Niê")
    run = print_sheets(decision, confirmed(decision.issuer, registrar), registrar, purpose=Purpose.SIGNING)
    sheets = sheets_of(GIAY_KHEN, decision)
    seen = {sheet.key: digest_of(sheet, GIAY_KHEN) for sheet in sheets}
    assert confirm_read(GIAY_KHEN, decision, sheets, seen, managing_editor) == 2
    whole = address(decision, "print_file", run_id=run.pk, which="ca-tap")
    client.force_login(registrar)
    assert client.get(whole).status_code == 200
    assert client.post(whole).status_code == 405
    rows = Commendation.objects.filter(pk=row.pk)
    revoked = {"revoked_on": timezone.localdate(), "revocation_number": "2/QĐ", "revocation_reason": "Sai"}
    decisions = type(decision).objects.filter(pk=decision.pk)
    cases = (
        (rows, revoked, "Trần Đức Mạnh"),
        (rows, {"recipient_title": "Hiệu trưởng"}, "1 tờ"),
        (decisions, {"signer_name": "Ai Khác"}, "2 tờ"),
        (decisions, {"status": RecordStatus.DRAFTING}, "chưa công bố"),
    )
    for changed, said, words in cases:
        before = changed.values(*said).get()
        changed.update(**said)
        refused = client.get(whole)
        assert (refused.status_code, words in refused.text) == (409, True), refused.text
        assert "Không tải được nữa." in client.get(address(decision, "print_progress")).text
        changed.update(**before)
        assert client.get(whole).status_code == 200
    assert other.pk


def test_whoever_ever_wrote_a_sheet_does_not_read_it(client, decision, registrar, managing_editor):
    [sheet] = sheets_of(GIAY_KHEN, decision)
    second = make_user("vanthu3", Role.REGISTRAR, decision.issuer)
    change_words(GIAY_KHEN, decision, sheet, {"ten": "Trần\nĐức Mạnh"}, registrar)
    change_words(GIAY_KHEN, decision, sheet, {"ten": "Trần Đức\nMạnh"}, second)
    change_words(GIAY_KHEN, decision, sheet, {"ten": "Trần Đức Mạnh"}, second)
    for person, may in ((registrar, False), (second, False), (managing_editor, True)):
        client.force_login(person)
        page = client.get(address(decision, "print_proof")).text
        assert ("nên cần một người khác đọc bản bông" not in page) is may, person


def test_who_typed_the_list_does_not_read_the_proof(client, decision, province, registrar):
    decision.writers.add(registrar)
    client.force_login(registrar)
    page = client.get(address(decision, "print_proof")).text
    assert "Bạn đã nhập hoặc sửa danh sách này, nên cần một người khác đọc bản bông." in page
    client.post(address(decision, "print_proof"), {f"thay-{decision.commendations.get().pk}": "x"})
    assert not ProofReading.objects.exists()


def test_the_page_orders_a_run_and_says_what_is_wrong_with_which_sheet(client, decision, province, registrar):
    client.force_login(registrar)
    page = address(decision)
    assert "Tạo mẫu khởi đầu" in client.get(page).text
    client.post(page, {"make_template": "1"})
    template = PrintTemplate.objects.get()
    assert (template.department, template.boxes.count()) == (province, 16)
    assert "cơ quan cần xem" in template.note
    order = {"template": template.pk, "purpose": Purpose.SHOWN}
    assert client.post(page, order).status_code == 302
    assert PrintRun.objects.get().asked_by == registrar
    assert "Đang chờ đến lượt." in client.get(address(decision, "print_progress")).text
    Commendation.objects.update(recipient_name="Trần 名 Mạnh")
    wrong = client.post(page, order).text
    assert "Chưa in được: có tờ thiếu chữ." in wrong
    assert "Kiểu chữ không có ký tự “名” (U+540D)" in wrong
    signing = client.post(page, order | {"purpose": Purpose.SIGNING}).text
    assert "chưa được cơ quan xác nhận" in signing


def test_words_of_a_sheet_are_changed_on_their_screen_with_the_letter_told(
    client, decision, province, registrar
):
    client.force_login(registrar)
    row = decision.commendations.get()
    page = address(decision, "print_words", row_id=row.pk)
    assert "Trong sổ: Trần Đức Mạnh." in client.get(page).text
    words = {"cach_goi": "Ông", "ten": "Trần 名", "thanh_tich": "Dạy tốt"}
    assert "Phông chữ không có ký tự “名” (U+540D)." in client.post(page, words).text
    client.post(page, words | {"ten": "Trần\nĐức Mạnh"})
    proof = client.get(address(decision, "print_proof")).text
    assert "<em>Trần<br>Đức Mạnh</em>" in proof
    assert "Trần Đức Mạnh" in client.get(row.get_absolute_url()).text
    elsewhere = make_commendation(make_decision(issuer=province))
    assert client.get(address(decision, "print_words", row_id=elsewhere.pk)).status_code == 404


def box_fields(template, **changed):
    boxes = list(template.boxes.all())
    data = {"boxes-TOTAL_FORMS": len(boxes), "boxes-INITIAL_FORMS": len(boxes)}
    names = "name kind words x y width face size least colour align lines fit grows pitch position".split()
    for number, box in enumerate(boxes):
        data |= {f"boxes-{number}-{name}": getattr(box, name) for name in names}
        data |= {f"boxes-{number}-id": box.pk, f"boxes-{number}-template": template.pk}
    return data | changed


def test_a_template_is_changed_in_plain_fields_and_must_be_confirmed_again(client, province, registrar):
    template = confirmed(province, registrar)
    client.force_login(registrar)
    page = reverse("admin:press_printtemplate_change", args=[template.pk])
    head = {"name": "Phôi 2026", "subject": "giay-khen", "department": province.pk, "paper": "360x270"}
    wrong = client.post(page, head | box_fields(template, **{"boxes-5-words": "{ten} {tuoi}"}))
    assert "Không có từ thay {tuoi}." in wrong.text
    assert "{ten} {tuoi}" in wrong.text
    own = client.post(page, head | {"paper": "rieng"} | box_fields(template))
    assert "Hãy ghi chiều rộng của tờ giấy" in own.text
    bad = client.post(page, head | box_fields(template) | {"picture": make_upload(b"no picture")})
    assert "không phải ảnh" in bad.text
    picture = {"picture": make_upload(), "boxes-5-y": "98.5"}
    assert client.post(page, head | box_fields(template) | picture).status_code == 302
    template.refresh_from_db()
    assert (template.width, template.height, template.confirmed_on) == (360, 270, None)
    assert PrintBox.objects.get(template=template, name="Họ tên").y == 98.5
    with template.background.open() as file:
        assert file.read(3) == b"\xff\xd8\xff"
    confirm = reverse("admin:press_printtemplate_confirm", args=[template.pk])
    seen = client.get(page).context["seen"]
    PrintBox.objects.filter(template=template, name="Họ tên").update(colour="#ff0000")
    assert "mẫu đã đổi sau khi bạn mở trang" in client.post(confirm, {"seen": seen}, follow=True).text
    template.refresh_from_db()
    assert template.confirmed_on is None
    client.post(confirm, {"seen": client.get(page).context["seen"]})
    template.refresh_from_db()
    assert (template.confirmed_on, template.confirmed_by) == (timezone.localdate(), registrar)


def test_a_template_is_drawn_as_typed_without_being_saved(client, decision, province, registrar, head):
    template = make_template(province)
    picture = reverse("admin:press_printtemplate_picture", args=[template.pk])
    client.force_login(registrar)
    stored = client.get(picture)
    assert stored["Content-Type"] == "image/png"
    moved = client.post(picture, box_fields(template, **{"boxes-5-y": "60"}))
    assert moved.content.startswith(b"\x89PNG")
    assert moved.content != stored.content
    assert template.boxes.get(name="Họ tên").y == 100
    client.force_login(head)
    assert client.get(picture).status_code == 404


def test_a_background_goes_when_nothing_draws_with_it(
    client, decision, province, registrar, django_capture_on_commit_callbacks
):
    template = make_template(province)
    client.force_login(registrar)
    page = reverse("admin:press_printtemplate_change", args=[template.pk])
    head = {"name": "Phôi", "subject": "giay-khen", "department": province.pk, "paper": "a4"}

    def send(**more):
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(page, head | box_fields(template) | more).status_code == 302
        template.refresh_from_db()
        return template.background.name

    first = send(picture=make_upload())
    assert default_storage.exists(first)
    order_run(GIAY_KHEN, decision, Order(template), registrar)  # still to be drawn with the first
    second = send(picture=make_upload())
    assert default_storage.exists(first) and default_storage.exists(second)
    with django_capture_on_commit_callbacks(execute=True):
        draw_due()
    assert not default_storage.exists(first)
    assert send(remove_picture="on") == "" and not default_storage.exists(second)
    third = send(picture=make_upload())
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("admin:press_printtemplate_delete", args=[template.pk]), {"post": "yes"})
    assert not PrintTemplate.objects.exists() and not default_storage.exists(third)


def test_what_would_take_the_machine_long_is_refused_in_words(client, decision, province, registrar, limits):
    template = make_template(province)
    client.force_login(registrar)
    page = reverse("admin:press_printtemplate_change", args=[template.pk])
    picture = reverse("admin:press_printtemplate_picture", args=[template.pk])
    boxes = box_fields(template)
    for number in range(16, 61):
        boxes |= {key.replace("-5-", f"-{number}-"): boxes[key] for key in list(boxes) if "boxes-5-" in key}
        boxes[f"boxes-{number}-id"] = ""
    boxes["boxes-TOTAL_FORMS"] = 61
    head = {"name": "Phôi", "subject": "giay-khen", "department": province.pk, "paper": "a4"}
    assert "Một mẫu có nhiều nhất 60 ô" in client.post(page, head | boxes).text
    assert "Một mẫu có nhiều nhất 60 ô" in client.post(picture, boxes).text
    assert template.boxes.count() == 16
    Commendation.objects.update(achievement="名 dạy tốt " * 500)
    one = address(decision, "print_picture", template_id=template.pk, row_id=Commendation.objects.get().pk)
    assert "Trần Đức Mạnh: Chữ trong một ô dài" in client.get(one).text
    order = {"template": template.pk, "purpose": Purpose.SHOWN}
    wrong = client.post(address(decision), order).text
    assert "nhiều nhất 2000" in wrong and "名 dạy tốt " * 20 not in wrong
    Commendation.objects.update(achievement="dạy tốt " * 100 + "".join(map(chr, range(0x4E00, 0x4E20))))
    wrong = client.post(address(decision), order).text
    assert "và 22 ký tự khác trong “…" in wrong and "dạy tốt " * 20 not in wrong
    limits(print_picture=(0, 60))
    assert client.get(picture).status_code == client.get(one).status_code == 429


def test_a_new_template_on_another_size_gets_the_boxes_in_proportion(client, province, registrar):
    client.force_login(registrar)
    page = reverse("admin:press_printtemplate_add")
    head = {"name": "Phôi A3", "subject": "giay-khen", "department": province.pk, "paper": "a3"}
    assert client.post(page, head).status_code == 302
    name = PrintBox.objects.get(template__name="Phôi A3", name="Họ tên")
    assert (float(name.x), float(name.y)) == (42.4, 141.4)


def test_printers_of_other_units_are_not_offered(client, decision, province, school, registrar):
    make_template(province)
    Printer.objects.create(department=school, name="Máy của trường")
    Printer.objects.create(department=province, name="Máy của Sở")
    client.force_login(registrar)
    page = client.get(address(decision)).text
    assert "Máy của Sở" in page
    assert "Máy của trường" not in page
