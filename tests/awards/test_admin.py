"""The back-office of the register: typed, imported, read-only when public, revoked in the open."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from approvals.enums import RecordStatus
from awards.models import BaseSalary, Commendation, Decision, RewardRate
from foundation.language.binding import bind
from records.lists.row_list import SHORT
from tests.factories.awards import make_award_kind, make_commendation, make_decision, make_seed_decision
from tests.factories.departments import make_person, make_position, make_school_year

pytestmark = pytest.mark.django_db
ADD, CHANGELIST = "/admin/awards/decision/add/", "/admin/awards/decision/"


def change_url(record) -> str:
    return reverse(f"admin:awards_{record._meta.model_name}_change", args=[record.pk])


def form_data(issuer, rows=(), initial: int = 0, **fields) -> dict:
    data = {
        "number": "1247/QĐ-SGDĐT",
        "signed_on": "08/11/2017",
        "issuer": issuer.pk,
        "summary": "Công tác truyền thông năm 2017",
        "grounds": "",
        "signer": "",
        "signer_prefix": "KT.",
        "signer_name": "Lê Thị Thanh Xuân",
        "signer_title": "Phó Giám đốc",
        "school_year": "",
        "event": "",
        "document": "",
        "commendations-TOTAL_FORMS": len(rows),
        "commendations-INITIAL_FORMS": initial,
    }
    for place, row in enumerate(rows):
        for name, value in row.items():
            data[f"commendations-{place}-{name}"] = value
    return data | fields


def row_data(name="Nguyễn Thị Hồng Nhung", **fields) -> dict:
    words = {
        "recipient_kind": "individual",
        "award_kind": make_award_kind().pk,
        "recipient_name": name,
        "recipient_title": "Giáo viên",
        "unit_name": "",
        "achievement": "",
        "person": "",
        "department": "",
        "reward_amount": "",
        "reward_reason": "",
        "book_number": "",
        "position": "0",
    }
    return words | fields


def said(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def office(client, registrar):
    client.force_login(registrar)
    return client


# --- typing -------------------------------------------------------------------------------------------


def test_a_decision_is_typed_with_its_rows(office, registrar, province, school):
    year = make_school_year(2017)
    rows = [row_data(department=school.pk), row_data("Tổ Toán", recipient_kind="collective")]
    response = office.post(ADD, form_data(province, rows))
    assert response.status_code == 302
    decision = Decision.objects.get()
    assert (decision.slug, decision.status, decision.school_year) == (
        "1247-qd-sgddt-2017",
        RecordStatus.DRAFTING,
        year,
    )
    assert list(decision.writers.all()) == [registrar]
    person, group = decision.commendations.order_by("-recipient_kind")
    assert (person.unit_name, group.recipient_name) == (school.name, "Tổ Toán")
    assert person.verify_code.startswith("GK17-")


def test_what_is_left_empty_comes_from_the_directory_of_that_day(office, province, school):
    chief = make_person("Lê Thị Thanh Xuân")
    make_position(chief, province, title="Phó Giám đốc", valid_until=datetime.date(2020, 1, 1))
    make_position(chief, province, title="Giám đốc", valid_from=datetime.date(2020, 1, 2))
    teacher = make_person("Nguyễn Thị Lan")
    make_position(teacher, school, title="Tổ trưởng")
    rows = [row_data("", recipient_title="", person=teacher.pk)]
    office.post(ADD, form_data(province, rows, signer=chief.pk, signer_name="", signer_title=""))
    decision = Decision.objects.get()
    assert (decision.signer_name, decision.signer_title) == ("Lê Thị Thanh Xuân", "Phó Giám đốc")
    row = decision.commendations.get()
    assert (row.recipient_name, row.recipient_title, row.unit_name, row.department) == (
        "Nguyễn Thị Lan",
        "Tổ trưởng",
        school.name,
        school,
    )


def test_a_title_too_long_for_its_column_is_refused_at_its_field(office, province):
    page = office.post(ADD, form_data(province, signer_title="9" * 400))
    assert page.context["adminform"].form.errors.keys() == {"signer_title"}


@pytest.mark.parametrize("typed", ["1247/QĐ-SGDĐT", "1247/qd-sgd&đt", "Số: 01247/QĐ - SGDĐT"])
def test_a_number_is_used_once_a_year_by_its_issuer(typed, office, province):
    make_decision("1247/QĐ-SGDĐT", province, signed_on=datetime.date(2017, 2, 3))
    response = office.post(ADD, form_data(province, number=typed))
    assert "1247/QĐ-SGDĐT ngày 03/02/2017 của cơ quan này đã có trong sổ." in said(response)
    assert "Công tác truyền thông năm 2017" in response.content.decode()
    assert office.post(ADD, form_data(province, number=typed, signed_on="08/11/2018")).status_code == 302


def test_two_issuers_may_share_number_and_year(office, province, school):
    make_decision("12/QĐ", school)
    office.post(ADD, form_data(province, number="12/QĐ"))
    assert Decision.objects.get(issuer=province).slug == "12-qd-2017-2"


def test_a_row_without_a_name_is_asked_for(office, province):
    html = said(office.post(ADD, form_data(province, [row_data("", achievement="Dạy tốt")])))
    assert "Hãy ghi tên tập thể hoặc cá nhân như trên giấy khen." in html
    assert "Dạy tốt" in html


def test_nobody_is_commended_twice_in_one_decision_without_a_difference(office, province, school):
    rows = [row_data(department=school.pk), row_data("nguyễn thị hồng nhung", department=school.pk)]
    html = said(office.post(ADD, form_data(province, rows)))
    assert html.count("đã có trong danh sách của quyết định") == 2  # in the list of errors, and at its field
    assert not Decision.objects.exists()
    rows[1]["recipient_title"] = "Giáo viên môn Toán"
    assert office.post(ADD, form_data(province, rows)).status_code == 302
    first, second = Decision.objects.get().commendations.order_by("pk")
    rows[0] |= {"id": first.pk, "recipient_title": second.recipient_title, "unit_name": first.unit_name}
    rows[1] |= {"id": second.pk, "unit_name": second.unit_name}
    url = reverse("admin:awards_decision_change", args=[first.decision_id])
    html = said(office.post(url, form_data(province, rows, initial=2, seen_version=1)))
    assert "đã có trong danh sách của quyết định" in html  # the row above, made equal to one below


def test_the_address_of_a_decision_follows_its_number_until_it_is_public(office, province):
    decision = make_decision("1247/QĐ-SGDĐT", province, status=RecordStatus.DRAFTING)
    url = reverse("admin:awards_decision_change", args=[decision.pk])
    for number in ("2301/QĐ-SGDĐT", "2302/QĐ-SGDĐT"):
        decision.refresh_from_db()
        office.post(url, form_data(province, number=number, seen_version=decision.version))
    assert Decision.objects.get().slug == "2302-qd-sgddt-2017"


def test_another_sum_needs_a_reason(office, province):
    kind = make_award_kind()
    BaseSalary.objects.create(valid_from="2017-07-01", amount=1_300_000, document="NĐ 47/2017")
    RewardRate.objects.create(
        award_kind=kind,
        recipient_kind="individual",
        valid_from="2017-01-01",
        multiple="0.3",
        document="NĐ 91",
    )
    html = said(office.post(ADD, form_data(province, [row_data(reward_amount="500000")])))
    assert "Mức quy định là 0,3 × 1.300.000 = 390.000 → 390.000 đồng (NĐ 91; NĐ 47/2017)." in html
    for row in (
        row_data(reward_amount="500000", reward_reason="Quỹ của trường"),
        row_data(reward_amount="390000"),
    ):
        number = f"{row['reward_amount']}/QĐ"
        assert office.post(ADD, form_data(province, [row], number=number)).status_code == 302
    office.post(ADD, form_data(province, [row_data()], number="3/QĐ", fill_rewards="on"))
    assert Decision.objects.get(number="3/QĐ").commendations.get().reward_amount == 390_000


def test_an_edit_counts_the_version_up_and_remembers_the_writer(office, registrar, province):
    decision = make_decision("1247/QĐ-SGDĐT", province, status=RecordStatus.DRAFTING)
    office.post(change_url(decision), form_data(province, summary="Nội dung mới", seen_version=1))
    decision.refresh_from_db()
    assert (decision.summary, decision.version) == ("Nội dung mới", 2)
    assert list(decision.writers.all()) == [registrar]


def test_somebody_elses_save_is_not_overwritten_and_nothing_typed_is_lost(office, province):
    decision = make_decision("1247/QĐ-SGDĐT", province, status=RecordStatus.DRAFTING, version=2)
    response = office.post(change_url(decision), form_data(province, summary="Bản của tôi", seen_version=1))
    html = said(response)
    assert "Có người vừa lưu hoặc chuyển bước" in html
    assert "Bản của tôi" in html
    decision.refresh_from_db()
    assert decision.summary != "Bản của tôi"


@pytest.mark.parametrize("status", [RecordStatus.IN_REVIEW, RecordStatus.PUBLIC])
def test_what_waits_or_is_public_is_read_only(status, office, province):
    decision = make_seed_decision(number="1247/QĐ-SGDĐT", issuer=province, status=status)
    html = said(office.get(change_url(decision)))
    assert 'name="summary"' not in html
    assert 'name="commendations-0-recipient_name"' not in html
    assert "H’Nương Byă" in html
    assert office.get(f"{CHANGELIST}{decision.pk}/nhap-danh-sach/").status_code == 403


@pytest.mark.parametrize("status", [RecordStatus.IN_REVIEW, RecordStatus.PUBLIC])
def test_words_typed_while_somebody_moved_the_decision_are_given_back(status, office, province):
    decision = make_decision("1247/QĐ-SGDĐT", province, status=status)
    row = make_commendation(decision, "Lê Quốc Việt")
    typed = form_data(province, [row_data("Người mới gõ")], summary="Nội dung mới gõ")
    for url, data, words in (
        (
            change_url(decision),
            typed,
            ("Nội dung khen: Nội dung mới gõ", "Dòng 1, tập thể, cá nhân được khen: Người"),
        ),
        (change_url(row), single(recipient_name="Lê Quốc Việt Anh"), ("Lê Quốc Việt Anh",)),
        (import_url(decision), {"text": "Họ tên\nNguyễn Thị Lan"}, ("Nguyễn Thị Lan",)),
    ):
        response = office.post(url, data)
        assert response.status_code == 409
        assert "Chưa lưu: quyết định 1247/QĐ-SGDĐT" in response.content.decode()
        for word in words:
            assert word in response.content.decode()
    decision.refresh_from_db()
    assert (decision.version, decision.commendations.get().recipient_name) == (1, "Lê Quốc Việt")


def test_a_published_row_is_mended_while_withdrawn_but_not_deleted(office, province):
    decision = make_decision("1247/QĐ-SGDĐT", province, status=RecordStatus.WITHDRAWN)
    row = make_commendation(decision, "Nguyễn Thị Hồng Nhun", published_at="2017-11-09T00:00Z")
    code = row.verify_code
    typed = row_data("Nguyễn Thị Hồng Nhung") | {"id": row.pk, "decision": decision.pk}
    deleting = form_data(province, [typed | {"DELETE": "on"}], 1, seen_version=1)
    assert "đã được công bố nên không xóa được" in said(office.post(change_url(decision), deleting))
    assert (
        office.post(change_url(decision), form_data(province, [typed], 1, seen_version=1)).status_code == 302
    )
    row.refresh_from_db()
    assert (row.recipient_name, row.verify_code) == ("Nguyễn Thị Hồng Nhung", code)


# --- who sees what --------------------------------------------------------------------------------------


def test_drafts_are_open_where_one_may_view_them(client, school, other_collaborator, collaborator, auditor):
    draft = make_decision(issuer=school, status=RecordStatus.DRAFTING)
    public = make_decision(issuer=school)
    for user, expected in ((collaborator, 200), (auditor, 200), (other_collaborator, 302)):
        client.force_login(user)
        assert client.get(change_url(draft)).status_code == expected
        assert client.get(change_url(public)).status_code == 200
        assert client.post(change_url(draft), form_data(school)).status_code in (302, 403)
    draft.refresh_from_db()
    assert draft.version == 1


def test_the_issuer_is_one_of_the_registrars_own_units(office, province, school, administrator):
    html = said(office.get(ADD, follow=True))
    assert f'<option value="{province.pk}" selected>' in html
    assert f'<option value="{school.pk}">' in html
    client = office
    client.force_login(administrator)
    assert client.get(ADD).status_code == 403


@pytest.mark.parametrize("query", ["1247", "truyen thong", "hnuong bya", "TRUYỀN thông", "1247/qd-sgddt"])
def test_the_list_is_searched_without_marks(query, office, province):
    make_seed_decision(number="1247/QĐ-SGDĐT", issuer=province)
    make_decision("9/QĐ", province, summary="Việc khác")
    html = said(office.get(CHANGELIST, {"q": query}))
    assert "1247/QĐ-SGDĐT" in html
    assert "Việc khác" not in html


def test_the_list_counts_rows_and_filters_by_form(office, province):
    make_seed_decision(number="1247/QĐ-SGDĐT", issuer=province)
    other = make_decision("9/QĐ", province)
    make_commendation(other, award_kind=make_award_kind("Lao động tiên tiến"))
    html = said(office.get(CHANGELIST, {"commendations__award_kind__id__exact": make_award_kind().pk}))
    assert "2 tập thể, 5 cá nhân" in html
    assert "9/QĐ" not in html


@pytest.mark.parametrize("path", ["", "{pk}/change/"])
def test_pages_cost_the_same_with_few_and_many_rows(path, office, province, django_assert_max_num_queries):
    decision = make_decision(issuer=province, status=RecordStatus.PUBLIC)
    for number in range(2):
        make_commendation(decision, f"Người {number}")
    url = CHANGELIST + path.format(pk=decision.pk)
    office.get(url)
    with django_assert_max_num_queries(40) as few:
        office.get(url)
    for number in range(8):
        make_commendation(decision, f"Người khác {number}")
        if not path:
            make_commendation(make_decision(issuer=province))
    with django_assert_max_num_queries(len(few)):
        office.get(url)


# --- steps ----------------------------------------------------------------------------------------------


def test_the_registrar_submits_and_a_head_publishes_from_the_page(
    client, registrar, managing_editor, province
):
    decision = make_seed_decision(issuer=province, status=RecordStatus.DRAFTING)
    client.force_login(registrar)
    assert "Gửi duyệt" in said(client.get(change_url(decision)))
    step = f"{CHANGELIST}{decision.pk}/buoc"
    client.post(f"{step}/submit/", {"version": 1})
    client.force_login(managing_editor)
    assert "Công bố" in said(client.get(change_url(decision)))
    client.post(f"{step}/publish/", {"version": 2})
    decision.refresh_from_db()
    assert decision.status == RecordStatus.PUBLIC


# --- importing ------------------------------------------------------------------------------------------


def import_url(decision) -> str:
    return f"{CHANGELIST}{decision.pk}/nhap-danh-sach/"


def test_a_list_is_checked_then_saved(office, province):
    decision = make_decision(issuer=province, status=RecordStatus.DRAFTING)
    typed = {"award_kind": make_award_kind().pk, "text": "Họ tên\nNguyễn Thị Lan\n", "seen_version": 1}
    assert "Nhập danh sách từ bảng" in said(office.get(change_url(decision)))
    html = said(office.post(import_url(decision), typed | {"check": "1"}))
    assert "Đọc được 1 cá nhân, không có lỗi." in html
    assert "Lưu danh sách (1 dòng)" in html
    assert decision.commendations.count() == 0
    response = office.post(import_url(decision), typed | {"save": "1"}, follow=True)
    assert "Đã thêm 1 dòng" in said(response)
    assert decision.commendations.get().recipient_name == "Nguyễn Thị Lan"


def test_the_checked_list_shows_kind_and_the_money_to_be_filled_in(office, province):
    decision = make_decision(
        issuer=province, status=RecordStatus.DRAFTING, signed_on=datetime.date(2025, 9, 5)
    )
    kind = make_award_kind()
    BaseSalary.objects.create(amount=2_340_000, valid_from=datetime.date(2024, 7, 1), document="NĐ lương")
    RewardRate.objects.create(
        award_kind=kind,
        recipient_kind="individual",
        multiple="0.3",
        valid_from=datetime.date(2024, 1, 1),
        document="NĐ khen",
    )
    data = {"text": "Tổ Toán\nNguyễn Thị Lan", "award_kind": kind.pk, "seen_version": 1, "check": "1"}
    page = office.post(import_url(decision), data | {"fill_rewards": "on"}).content.decode()
    assert "0,3 × 2.340.000 = 702.000 → 710.000 đồng" in page
    assert "chưa có mức quy định vào ngày ký" in page
    assert "<td>Tập thể</td>" in page and "<td>Cá nhân</td>" in page
    assert "710.000 đồng (NĐ" not in office.post(import_url(decision), data).content.decode()


def test_a_wrong_list_keeps_every_word(office, province):
    decision = make_decision(issuer=province, status=RecordStatus.DRAFTING)
    text = "Họ tên\tTiền thưởng\nNguyễn Thị Lan\tmột triệu\n"
    typed = {"award_kind": make_award_kind().pk, "text": text, "seen_version": 1, "save": "1"}
    html = said(office.post(import_url(decision), typed))
    assert "<b>Dòng 2.</b> Không đọc được số tiền “một triệu”." in html
    assert "Nguyễn Thị Lan\tmột triệu" in html
    assert decision.commendations.count() == 0


def test_the_words_of_a_file_are_shown_to_be_mended(office, province):
    decision = make_decision(issuer=province, status=RecordStatus.DRAFTING)
    file = SimpleUploadedFile("ds.csv", "Họ tên,Quê\nĐào Ấn,Lắk\n".encode())
    typed = {"award_kind": make_award_kind().pk, "text": "", "upload": file, "seen_version": 1, "save": "1"}
    html = said(office.post(import_url(decision), typed))
    assert "Không hiểu cột “Quê”" in html
    assert "Đào Ấn,Lắk" in html
    assert decision.commendations.count() == 0


def test_a_list_for_a_decision_saved_elsewhere_is_kept(office, province):
    decision = make_decision(issuer=province, status=RecordStatus.DRAFTING, version=3)
    typed = {"award_kind": make_award_kind().pk, "text": "Họ tên\nLan\n", "seen_version": 1, "save": "1"}
    html = said(office.post(import_url(decision), typed))
    assert "vừa được lưu hoặc chuyển bước ở nơi khác" in html
    assert 'name="seen_version" value="3"' in html
    assert "Họ tên\nLan" in html


# --- one commendation -----------------------------------------------------------------------------------


def test_a_commendation_is_revoked_from_its_page(office, province):
    row = make_commendation(make_decision(issuer=province), published_at="2017-11-09T00:00Z")
    page = change_url(row)
    assert "Ghi hủy bỏ" in said(office.get(page))
    url = reverse("admin:awards_commendation_huy-bo", args=[row.pk])
    wrong = {"number": "88/QĐ-SGDĐT", "signed_on": "01/01/2017", "reason": "Khai báo không đúng"}
    html = said(office.post(url, wrong))
    assert "Ngày quyết định hủy bỏ phải từ ngày ký" in html
    assert "Khai báo không đúng" in html
    html = said(office.post(url, wrong | {"signed_on": "01/02/2018"}, follow=True))
    assert "Đã thu hồi." in html
    assert "Khai báo không đúng" in html
    assert "Ghi hủy bỏ" not in html
    row.refresh_from_db()
    assert row.revoked_on == datetime.date(2018, 2, 1)


def test_a_name_is_withheld_from_its_page(office, province):
    row = make_commendation(make_decision(issuer=province), "Lê Gia Bảo", published_at="2017-11-09T00:00Z")
    url = reverse("admin:awards_commendation_an-ten", args=[row.pk])
    assert "Đang ẩn tên." in said(office.post(url, {"reason": "Gia đình đề nghị"}, follow=True))
    row.refresh_from_db()
    assert row.public_name == "L.G.B."


def test_others_do_not_revoke(client, head, school, managing_editor):
    row = make_commendation(make_decision(issuer=school), published_at="2017-11-09T00:00Z")
    for user in (head, managing_editor):
        client.force_login(user)
        assert "Ghi hủy bỏ" not in said(client.get(change_url(row)))
        for act in ("huy-bo", "an-ten"):
            url = reverse(f"admin:awards_commendation_{act}", args=[row.pk])
            assert client.post(url, {"reason": "x"}).status_code == 403
    assert client.post(change_url(row), {}).status_code == 403
    assert Commendation.objects.get().revoked_on is None


@pytest.mark.parametrize("typed", ["{0}", "nhung hong", "{1}"])
def test_the_register_is_searched_by_name_or_code(typed, office, province):
    row = make_commendation(make_decision(issuer=province))
    make_commendation(row.decision, "Lê Quốc Việt")
    query = typed.format(row.verify_code, row.verify_code.lower().replace("-", " "))
    html = said(office.get("/admin/awards/commendation/", {"q": query}))
    assert "Nguyễn Thị Hồng Nhung" in html
    assert "Lê Quốc Việt" not in html


def test_rates_and_salaries_are_the_registrars(office):
    kind = make_award_kind()
    assert "Mức thưởng" in said(office.get(change_url(kind)))
    assert said(office.get("/admin/awards/basesalary/add/"))


def single(**fields) -> dict:
    return row_data() | {"seen_version": 1} | fields


def test_one_row_is_mended_on_its_own_page(office, registrar, province):
    row = make_commendation(
        make_decision(issuer=province, status=RecordStatus.DRAFTING), "Nguyễn Thị Hồng Nhun"
    )
    assert 'name="recipient_name"' in said(office.get(change_url(row)))
    assert office.post(change_url(row), single()).status_code == 302
    row.refresh_from_db()
    row.decision.refresh_from_db()
    assert (row.recipient_name, row.decision.version) == ("Nguyễn Thị Hồng Nhung", 2)
    assert list(row.decision.writers.all()) == [registrar]


def test_a_row_on_its_own_page_is_nobody_elses_twin(office, province):
    decision = make_decision(issuer=province, status=RecordStatus.DRAFTING)
    make_commendation(decision, "Nguyễn Thị Hồng Nhung", recipient_title="Giáo viên")
    row = make_commendation(decision, "Lê Quốc Việt")
    assert "đã có trong danh sách của quyết định" in said(office.post(change_url(row), single()))


def test_a_row_of_a_decision_saved_elsewhere_keeps_what_was_typed(office, province):
    decision = make_decision(issuer=province, status=RecordStatus.DRAFTING, version=2)
    row = make_commendation(decision, "Lê Quốc Việt")
    html = said(office.post(change_url(row), single(recipient_name="Lê Quốc Việt Anh")))
    assert "vừa được lưu hoặc chuyển bước ở nơi khác" in html
    assert "Lê Quốc Việt Anh" in html
    row.refresh_from_db()
    assert row.recipient_name == "Lê Quốc Việt"


@pytest.mark.parametrize("status", [RecordStatus.IN_REVIEW, RecordStatus.PUBLIC])
def test_a_row_that_waits_or_is_public_is_read_only(status, office, province):
    row = make_commendation(make_decision(issuer=province, status=status), "Lê Quốc Việt")
    assert 'name="recipient_name"' not in said(office.get(change_url(row)))
    assert office.post(f"/admin/awards/commendation/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    row.refresh_from_db()
    assert row.recipient_name == "Lê Quốc Việt"


def test_a_row_readers_never_saw_may_be_deleted(office, province):
    decision = make_decision(issuer=province, status=RecordStatus.WITHDRAWN)
    unseen, seen = make_commendation(decision), make_commendation(decision, published_at="2017-11-09T00:00Z")
    for row in (unseen, seen):
        office.post(f"/admin/awards/commendation/{row.pk}/delete/", {"post": "yes"})
    assert list(decision.commendations.all()) == [seen]
    decision.refresh_from_db()
    assert decision.version == 2


def test_a_long_list_is_a_table_that_leads_to_each_row(office, province):
    decision = make_decision(issuer=province, status=RecordStatus.DRAFTING)
    for number in range(SHORT + 1):
        row = make_commendation(decision, f"Người thứ {number}")
    html = said(office.get(change_url(decision)))
    assert "commendations-TOTAL_FORMS" not in html
    assert f'<a href="{change_url(row)}">{row}</a>' in html
    assert bind(f"{SHORT + 1} cá nhân") in html
    data = form_data(province, number=decision.number, seen_version=1, summary="Nội dung mới")
    assert office.post(change_url(decision), data).status_code == 302
    decision.refresh_from_db()
    assert (decision.summary, decision.commendations.count()) == ("Nội dung mới", SHORT + 1)


def test_the_head_reads_the_list_as_a_table(client, managing_editor, province):
    decision = make_seed_decision(issuer=province, status=RecordStatus.IN_REVIEW)
    client.force_login(managing_editor)
    html = said(client.get(change_url(decision)))
    assert bind("2 tập thể") in html
    assert html.index("Trường PTDTNT THCS huyện Lắk") < html.index("H’Nương Byă")


def test_staff_find_a_withheld_name(office, province):
    make_commendation(make_decision(issuer=province), "Lê Gia Bảo", withheld_on="2025-01-02")
    assert "Lê Gia Bảo" in said(office.get("/admin/awards/commendation/", {"q": "gia bao"}))


def test_a_refused_form_begins_with_a_way_to_each_wrong_field_and_keeps_what_was_typed(office, province):
    rows = [row_data("Tổ Toán", recipient_kind=""), row_data("")]
    answer = office.post(ADD, form_data(province, rows, number="", grounds="Theo đề nghị của Văn phòng."))
    html = said(answer)
    summary = html[html.index("error-summary") :]
    summary = summary[: summary.index("</div>")]
    for target in ("id_number", "id_commendations-0-recipient_kind", "id_commendations-1-recipient_name"):
        assert f'href="#{target}"' in summary
        assert f'id="{target}"' in html
    assert "lượt khen 2, " in summary.lower()
    assert "autofocus" in summary
    assert "change_form.js" not in html  # it would take the focus to the first box
    assert "Theo đề nghị của Văn phòng." in html
    assert 'value="Tổ Toán"' in html
    assert not Decision.objects.exists()


def test_from_a_new_decision_one_press_leads_to_pasting_its_people(office, province):
    assert "Lưu rồi dán danh sách" in said(office.get(ADD, follow=True))
    answer = office.post(ADD, form_data(province, _list="1"))
    assert answer.url == reverse("admin:awards_decision_import", args=[Decision.objects.get().pk])


def test_what_is_seldom_filled_in_is_folded_away_until_it_is_wrong(office, province):
    draft = make_decision(issuer=province, status=RecordStatus.DRAFTING)
    make_commendation(draft)
    assert "<details><summary>" in said(office.get(change_url(draft)))
    refused = said(office.post(ADD, form_data(province, [row_data(reward_amount="-5")])))
    first = refused[refused.index('id="commendations-0"') : refused.index('id="commendations-empty"')]
    assert "<details>" not in first
    assert 'href="#id_commendations-0-reward_amount"' in refused
