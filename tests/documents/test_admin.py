import datetime
import os

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from approvals.enums import RecordStatus
from approvals.models import StatusChange
from documents.models import OfficialDocument
from tests.factories.documents import make_document, make_upload, pdf_bytes

ADD, LIST = "admin:documents_officialdocument_add", "admin:documents_officialdocument_changelist"


def typed(province, **changes) -> dict:
    return {
        "number": "1247/QĐ-SGDĐT",
        "kind": "decision",
        "summary": "Về việc khen thưởng",
        "issuer": province.pk,
        "signer": "Lê Thị Thanh Xuân",
        "issued_on": "08/11/2025",
        "gist": "",
        "effective_on": "",
        "expires_on": "",
        "replaced_by": "",
        "ending": "replaced",
        "slug": "",
        "staged": "",
        "seen_version": "",
    } | changes


def change_url(document) -> str:
    return reverse("admin:documents_officialdocument_change", args=[document.pk])


@pytest.fixture
def desk(client, registrar):
    client.force_login(registrar)
    return client


def test_a_document_is_entered_with_its_file(desk, province):
    response = desk.post(reverse(ADD), typed(province, upload=make_upload("QĐ 1247.pdf")))
    assert response.status_code == 302
    document = OfficialDocument.objects.get()
    assert (document.slug, document.status) == ("1247-qd-sgddt-2025", RecordStatus.DRAFTING)
    assert (document.issued_on, document.file_name) == (datetime.date(2025, 11, 8), "QĐ 1247.pdf")
    with document.file.open() as file:
        assert file.read() == pdf_bytes()


@pytest.fixture
def no_storage(settings, tmp_path):
    """A storage that takes nothing: its folder is a file."""
    (tmp_path / "tep").touch()
    settings.MEDIA_ROOT = tmp_path / "tep"


@pytest.mark.parametrize("number", ["1247/QĐ-SGDĐT", ""])
def test_a_storage_that_takes_nothing_is_told_at_the_file(number, desk, province, no_storage):
    page = desk.post(reverse(ADD), typed(province, number=number, upload=make_upload("QĐ 1247.pdf")))
    errors = page.context["adminform"].form.errors
    assert "Kho tệp của máy chủ" in errors["upload"][0]
    assert errors.keys() == ({"upload"} if number else {"upload", "number"})
    assert "Về việc khen thưởng" in page.text
    assert not OfficialDocument.objects.exists()


def test_a_kept_file_that_is_gone_is_told_once_at_the_file(desk, province, tmp_path):
    page = desk.post(reverse(ADD), typed(province, number="", upload=make_upload()))
    kept = page.context["adminform"].form.data["staged"]
    assert kept
    (tmp_path / "documents" / "cho").rename(tmp_path / "dau")
    page = desk.post(reverse(ADD), typed(province, staged=kept))
    form = page.context["adminform"].form
    assert "không còn trên máy chủ" in form.errors["upload"][0]
    assert desk.post(reverse(ADD), typed(province, staged=form.data["staged"])).status_code == 302


@pytest.mark.parametrize("day", ["8/11/2025", "ngày 08 tháng 11 năm 2025", "08-11-2025"])
def test_days_are_typed_as_they_stand_on_paper(desk, province, day):
    desk.post(reverse(ADD), typed(province, issued_on=day))
    assert OfficialDocument.objects.get().issued_on == datetime.date(2025, 11, 8)


@pytest.mark.parametrize("day", ["08/11/0025", "31/11/2025", "hôm qua"])
def test_a_day_nobody_means_is_told(desk, province, day):
    response = desk.post(reverse(ADD), typed(province, issued_on=day))
    assert "Hãy ghi ngày/tháng/năm có thật" in response.text and day in response.text


def test_a_refused_file_leaves_every_typed_word(desk, province):
    response = desk.post(reverse(ADD), typed(province, upload=make_upload("a.pdf", b"MZ program")))
    assert "Chỉ nhận tệp PDF hoặc Word" in response.text
    for word in ("1247/QĐ-SGDĐT", "Về việc khen thưởng", "Lê Thị Thanh Xuân", "08/11/2025"):
        assert word in response.text
    assert not OfficialDocument.objects.exists()


def test_a_good_file_outlives_a_refused_step(desk, province):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    sent = typed(
        province, issued_on=f"{tomorrow:%d/%m/%Y}", upload=make_upload("QĐ 1247.pdf"), _step="publish"
    )
    page = desk.post(reverse(ADD), sent)
    assert "Chưa làm được “Công bố”" in page.text and "Đã nhận tệp “QĐ 1247.pdf”" in page.text
    assert not OfficialDocument.objects.exists()
    kept = page.context["adminform"].form["staged"].value()
    assert desk.post(reverse(ADD), typed(province, staged=kept, _step="publish")).status_code == 302
    document = OfficialDocument.objects.get()
    assert (document.status, document.file_name) == (RecordStatus.PUBLIC, "QĐ 1247.pdf")


def test_a_good_file_outlives_a_mistake_elsewhere(desk, province):
    wrong = typed(province, issued_on="31/11/2025", upload=make_upload("QĐ 1247.pdf"))
    response = desk.post(reverse(ADD), wrong)
    assert "Đã nhận tệp “QĐ 1247.pdf”" in response.text
    token = response.context["adminform"].form["staged"].value()
    again = desk.post(reverse(ADD), typed(province, number="", staged=token))
    assert again.context["adminform"].form["staged"].value() == token
    assert desk.post(reverse(ADD), typed(province, staged=token)).status_code == 302
    document = OfficialDocument.objects.get()
    assert (document.file_name, document.file_type) == ("QĐ 1247.pdf", "PDF")
    with document.file.open() as file:
        assert file.read() == pdf_bytes()


def test_a_file_kept_for_one_person_is_not_anothers(desk, client, province, registrar):
    response = desk.post(reverse(ADD), typed(province, number="", upload=make_upload()))
    token = response.context["adminform"].form["staged"].value()
    other = type(registrar).objects.create_superuser("khac", password="x", full_name="Người khác")
    client.force_login(other)
    page = client.post(reverse(ADD), typed(province, staged=token))
    assert page.context["adminform"].form.errors.keys() == {"upload"}
    assert not OfficialDocument.objects.exists()


def test_files_nobody_came_back_for_are_swept(desk, province, settings):
    old = default_storage.save("documents/cho/cu.pdf", make_upload())
    two_days_ago = (datetime.datetime.now() - datetime.timedelta(days=3)).timestamp()
    os.utime(default_storage.path(old), (two_days_ago, two_days_ago))
    desk.post(reverse(ADD), typed(province, number="", upload=make_upload()))
    assert len(default_storage.listdir("documents/cho")[1]) == 1
    assert not default_storage.exists(old)


@pytest.mark.parametrize("number", ["1247/QĐ-SGD&ĐT", "1247/ QĐ - SGDĐT", "01247/qd-sgddt"])
def test_one_number_stands_once_in_the_book_of_a_year(desk, province, number):
    make_document(
        "1247/QĐ-SGDĐT", "Khen thưởng", issuer=province, kind="decision", issued_on=datetime.date(2025, 1, 2)
    )
    response = desk.post(reverse(ADD), typed(province, number=number))
    assert "Số này đã có trong sổ năm 2025 của cơ quan ban hành: 1247/QĐ-SGDĐT, Khen thưởng" in response.text
    assert number.replace("&", "&amp;") in response.text


def test_a_number_taken_between_question_and_answer_is_no_server_error(desk, province):
    """The other row is written right before ours, and with it: only the first attempt meets it."""
    attempts = []

    def somebody_is_faster(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "documents_officialdocument"'):
            attempts.append(sql)
            if len(attempts) == 1:
                execute(sql, params, many, context)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(somebody_is_faster):
        response = desk.post(reverse(ADD), typed(province, upload=make_upload()))
    assert response.status_code == 302 and len(attempts) == 2
    assert OfficialDocument.objects.get().file_size == len(pdf_bytes())


def test_the_same_number_of_another_year_kind_or_issuer_is_another_document(desk, province, school):
    day = datetime.date(2025, 1, 2)
    make_document("1247/QĐ-SGDĐT", issuer=school, kind="decision", issued_on=day)
    make_document("1247/QĐ-SGDĐT", issuer=province, kind="plan", issued_on=day)
    make_document("1247/QĐ-SGDĐT", issuer=province, kind="decision", issued_on=datetime.date(2024, 12, 31))
    assert desk.post(reverse(ADD), typed(province)).status_code == 302
    slugs = OfficialDocument.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == [
        "1247-qd-sgddt-2025",
        "1247-qd-sgddt-2025-2",
        "1247-qd-sgddt-2024",
        "1247-qd-sgddt-2025-3",
    ]


def test_dates_and_replacements_that_contradict_are_told(desk, province):
    older = make_document("1/QĐ", issuer=province, issued_on=datetime.date(2024, 1, 1))
    response = desk.post(
        reverse(ADD),
        typed(province, effective_on="01/12/2025", expires_on="30/11/2025", replaced_by=older.pk),
    )
    assert "Ngày hết hiệu lực phải bằng hoặc sau" in response.text
    assert "Văn bản thay thế phải ban hành cùng ngày hoặc sau" in response.text


def test_two_documents_do_not_replace_each_other(desk, province):
    first = make_document("1/QĐ", issuer=province)
    second = make_document("2/QĐ", issuer=province, replaced_by=first)
    response = desk.post(change_url(first), typed(province, issued_on="05/09/2025", replaced_by=second.pk))
    assert "Các văn bản không thể thay lẫn nhau: " in response.text


def test_three_documents_do_not_replace_each_other_in_a_circle(desk, province):
    first = make_document("1/QĐ", issuer=province)
    second = make_document("2/QĐ", issuer=province, replaced_by=first)
    third = make_document("3/QĐ", issuer=province, replaced_by=second)
    data = typed(province, number="1/QĐ", issued_on="05/09/2025", replaced_by=third.pk, seen_version=1)
    page = desk.post(change_url(first), data).text
    assert "không thể thay lẫn nhau: 1/QĐ → 3/QĐ → 2/QĐ → 1/QĐ." in page
    assert OfficialDocument.objects.get(pk=first.pk).replaced_by is None


def test_what_somebody_else_saved_meanwhile_is_not_overwritten_silently(desk, province):
    document = make_document("1/CV", "Cũ", issuer=province, status=RecordStatus.DRAFTING)
    mine = typed(province, number="1/CV", summary="Của tôi", seen_version=1)
    OfficialDocument.objects.filter(pk=document.pk).update(version=2, summary="Của đồng nghiệp")
    response = desk.post(change_url(document), mine)
    assert "Có người vừa lưu" in response.text and "Của tôi" in response.text
    document.refresh_from_db()
    assert document.summary == "Của đồng nghiệp"
    knowingly = mine | {"seen_version": response.context["adminform"].form["seen_version"].value()}
    assert desk.post(change_url(document), knowingly).status_code == 302
    document.refresh_from_db()
    assert (document.summary, document.version) == ("Của tôi", 3)


def test_a_change_of_a_public_document_stands_in_the_approval_log(desk, province, registrar):
    document = make_document("1/CV", "Cũ", issuer=province)
    desk.post(change_url(document), typed(province, number="1/CV", issued_on="05/09/2025", seen_version=1))
    change = StatusChange.objects.get()
    assert (change.label, change.actor, change.version) == ("Sửa khi đang công bố", registrar, 1)
    assert "Trích yếu" in change.note or "trích yếu" in change.note
    assert LogEntry.objects.count() == 1
    document.refresh_from_db()
    assert document.version == 2


def test_saving_without_a_change_counts_nothing(desk, province):
    document = make_document(
        "1/CV", "Về việc khen thưởng", issuer=province, kind="decision", signer="Lê Thị Thanh Xuân"
    )
    same = {"number": "1/CV", "issued_on": "05/09/2025", "slug": document.slug, "seen_version": 1}
    desk.post(change_url(document), typed(province, **same))
    document.refresh_from_db()
    assert document.version == 1 and not StatusChange.objects.exists()


def test_a_file_can_be_taken_away(desk, province):
    document = make_document("1/CV", issuer=province, upload=make_upload(), status=RecordStatus.DRAFTING)
    desk.post(change_url(document), typed(province, number="1/CV", remove_file="on", seen_version=1))
    document.refresh_from_db()
    assert (document.file.name, document.file_size) == ("", 0)


def test_the_address_of_a_published_page_stays(desk, province, settings):
    document = make_document(
        "1/CV", issuer=province, published_at=datetime.datetime(2025, 9, 6, tzinfo=datetime.UTC)
    )
    desk.post(change_url(document), typed(province, number="2/CV", slug="khac", seen_version=1))
    document.refresh_from_db()
    assert (document.number, document.slug) == ("2/CV", "1-cv-2025")


@pytest.mark.parametrize(
    "who", ["collaborator", "head", "desk_editor", "managing_editor", "auditor", "administrator"]
)
def test_others_read_and_change_nothing(request, client, province, who):
    document = make_document("1/CV", "Về việc", issuer=province, upload=make_upload())
    client.force_login(request.getfixturevalue(who))
    page = client.get(change_url(document))
    assert page.status_code == 200 and 'name="number"' not in page.text and "Về việc" in page.text
    assert client.post(change_url(document), typed(province)).status_code == 403
    assert client.get(reverse(ADD)).status_code == 403


def test_drafts_of_other_units_are_not_listed(client, province, school, other_school, collaborator):
    make_document("1/CV", "Bí mật", issuer=other_school, status=RecordStatus.DRAFTING)
    client.force_login(collaborator)
    assert "Bí mật" not in client.get(reverse(LIST)).text


def test_the_list_is_searched_without_marks_and_filtered(desk, province):
    make_document("1247/QĐ-SGDĐT", "Về việc khen thưởng", issuer=province, kind="decision")
    make_document("89/KH-SGDĐT", "Kế hoạch", issuer=province, expires_on=datetime.date(2025, 9, 6))
    assert "89/KH-SGDĐT" not in desk.get(reverse(LIST), {"q": "khen thuong"}).text
    page = desk.get(reverse(LIST), {"hieu_luc": "con", "nam": "2025"})
    assert "1247/QĐ-SGDĐT" in page.text and "89/KH-SGDĐT" not in page.text
    assert "1247/QĐ-SGDĐT" not in desk.get(reverse(LIST), {"hieu_luc": "khong"}).text


@pytest.mark.parametrize("items", [1, 3])
def test_the_list_costs_the_same_with_one_and_with_three(
    desk, province, items, django_assert_max_num_queries
):
    for number in range(items):
        newer = make_document(f"{number}/QĐ", issuer=province)
        make_document(f"{number}/CV", issuer=province, replaced_by=newer)
    with django_assert_max_num_queries(14):
        desk.get(reverse(LIST))


def test_the_registrar_publishes_and_withdraws_by_the_buttons(desk, client, province):
    document = make_document("1/CV", issuer=province, status=RecordStatus.DRAFTING, gist="Nội dung.")
    page = desk.get(change_url(document))
    assert "Công bố" in page.text and "Gỡ văn bản" not in page.text
    step = "admin:documents_officialdocument_step"
    desk.post(reverse(step, args=[document.pk, "publish"]), {"version": 1})
    assert client.get(document.get_absolute_url()).status_code == 200
    desk.post(reverse(step, args=[document.pk, "withdraw"]), {"version": 2, "note": "Nhầm"})
    assert client.get(document.get_absolute_url()).status_code == 404


def test_only_a_draft_nobody_saw_can_be_deleted(desk, province):
    draft = make_document("1/CV", issuer=province, status=RecordStatus.DRAFTING)
    public = make_document("2/CV", issuer=province)
    delete = "admin:documents_officialdocument_delete"
    assert desk.post(reverse(delete, args=[public.pk]), {"post": "yes"}).status_code == 403
    assert desk.post(reverse(delete, args=[draft.pk]), {"post": "yes"}).status_code == 302
    assert list(OfficialDocument.objects.all()) == [public]
