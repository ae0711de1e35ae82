"""The office round every page: what each role is offered, in whose words, at what price."""

import re
from html.parser import HTMLParser

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.roles import Role
from newsroom.office import ROOMS
from tests.factories.articles import make_draft, submit
from tests.factories.departments import PASSWORD, make_department, make_school_year, make_user

EVERYBODY = {"Bàn làm việc", "Hộp thư", "Sự kiện", "Khen thưởng", "Văn bản", "Kho ảnh", "Đơn vị, nhân sự"}
STORIES = {"Bàn viết", "Đã đăng", "Lịch"}
WATCHING = {"Thống kê"}
ROUNDS, TRAINING = {"Đợt khen"}, {"Đăng ký, điểm danh"}
OFFERED = {
    Role.COLLABORATOR: (EVERYBODY | STORIES | ROUNDS | TRAINING)
    - {"Bàn làm việc"},  # their first page is the board
    Role.HEAD: EVERYBODY | STORIES | WATCHING | {"Chờ duyệt", "Ủy quyền"} | ROUNDS | TRAINING,
    Role.DEPUTY: EVERYBODY | STORIES | WATCHING | {"Chờ duyệt"} | ROUNDS | TRAINING,
    Role.DESK_EDITOR: EVERYBODY | STORIES | WATCHING | TRAINING | {"Chuyên mục, thẻ"},
    Role.MANAGING_EDITOR: EVERYBODY
    | STORIES
    | WATCHING
    | TRAINING
    | {"Chuyên mục, thẻ", "Trang chủ", "Nhật ký kiểm toán", "Thông báo khẩn"},
    Role.REGISTRAR: EVERYBODY | ROUNDS | {"Mẫu in"},
    Role.ACCOUNTANT: EVERYBODY,
    Role.ADMINISTRATOR: EVERYBODY
    | {"Thông báo khẩn", "Trang của ai", "Tài khoản", "Tình trạng hệ thống", "Chữ ký số"},
    Role.AUDITOR: EVERYBODY
    | STORIES
    | WATCHING
    | ROUNDS
    | TRAINING
    | {"Tài khoản", "Trang chủ", "Nhật ký kiểm toán", "Thông báo khẩn"},
}
# Django's own words; none of them may be on a screen. (“True” of an icon is mended by js/office/names.js
# and looked for in test_admin_accessibility.)
ENGLISH = re.compile(
    r"\b(Save|Delete|Add|Added|Change|Changed|View|Search|Filter|History|Log (?:in|out)|Home|Select|Please|"
    r"Welcome|Password|Username|User|Date|Time|Today|Now|Remove|Close|Run|Action|All|Yes|No|"
    r"Site|administration|Recent|actions|error|errors|required|This field|Breadcrumbs|Skip to|Toggle|entry|"
    r"entries|results?|Show|Clear|Currently|Any|Past|Unknown|Empty)\b"
)


class Words(HTMLParser):
    """What a page says: its text, and the words of attributes that are read out or shown."""

    SAID = ("alt", "title", "placeholder", "aria-label")

    def __init__(self):
        super().__init__()
        self.silent, self.words = 0, []

    def handle_starttag(self, tag, attrs):
        self.silent += tag in ("script", "style")
        self.words += [value for name, value in attrs if name in self.SAID and value]
        self.words += [v for n, v in attrs if n == "value" and ("type", "submit") in attrs and v]

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style")

    def handle_data(self, data):
        if not self.silent and data.strip():
            self.words.append(data.strip())


def words_of(response) -> list[str]:
    parser = Words()
    parser.feed(response.content.decode())
    return parser.words


def rooms_of(response) -> set[str]:
    nav = re.search(r'<nav aria-label="Phòng biên tập">.*?</nav>', response.content.decode(), re.S)[0]
    return set(re.findall(r"</svg>([^<]+)", nav))


@pytest.fixture
def enter(client, province):
    """Sign somebody of the province's office in by role; a superuser without one."""

    def enter(role=None):
        user = make_user(role=role, department=province, is_superuser=role is None)
        client.force_login(user)
        return user

    return enter


# --- what is offered ---------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_a_role_is_offered_its_rooms_and_no_other(client, enter, role):
    enter(role)
    here = {room.label for room in ROOMS if _is_built(room)}
    assert rooms_of(client.get("/admin/")) == OFFERED[role] & here


def _is_built(room) -> bool:
    labels = {model._meta.label_lower for model in admin.site._registry}
    return bool(room.url_name) or bool(labels & set(room.models))


@pytest.mark.parametrize("role", Role)
def test_every_offered_address_opens(client, enter, role):
    enter(role)
    page = client.get("/admin/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    refused = {
        url: client.get(url, follow=True).status_code
        for url in set(re.findall(r'href="(/admin/[^"]+)"', main))
    }
    assert {url: status for url, status in refused.items() if status != 200} == {}


def test_a_stranger_sees_no_rooms(client, db):
    page = client.get("/admin/login/").content.decode()
    assert "o-nav" not in page
    assert "Đăng xuất" not in page


def test_nobody_without_work_is_left_without_words(client, enter, province):
    client.force_login(make_user("khach", full_name="Khách"))
    assert "Tài khoản của bạn chưa được giao việc nào ở đây." in words_of(client.get("/admin/"))


def test_the_person_is_named_with_title_and_unit(client, enter, province):
    client.force_login(
        make_user(
            "mai", Role.HEAD, province, full_name="Đặng Thị Mai", title="Trưởng phòng", form_of_address="cô"
        )
    )
    words = words_of(client.get("/admin/"))
    assert "Đặng Thị Mai" in words
    assert "Trưởng phòng, Sở GD&ĐT Đắk Lắk" in words
    assert "TM" in words
    assert "Chào cô Mai" in words


def test_signing_out_is_a_form(client, enter):
    enter()
    page = client.get("/admin/").content.decode()
    assert re.search(r'<form[^>]+method="post" action="/admin/logout/">', page)
    answer = client.post("/admin/logout/")
    assert "Đã đăng xuất" in words_of(answer)
    assert "o-nav" not in answer.content.decode()


def test_the_room_one_is_in_is_marked(client, enter):
    enter()
    page = client.get(reverse("admin:departments_person_changelist")).content.decode()
    nav = page[page.index('<nav aria-label="Phòng biên tập">') :]
    current = re.search(r'<a href="([^"]+)" aria-current="true">', nav)
    assert current[1] == reverse("admin:departments_department_changelist")
    assert re.search(r'<a href="/admin/departments/person/" aria-current="page">Danh bạ</a>', page)


# --- what waits ------------------------------------------------------------------------------------------


def test_the_head_sees_how_many_stories_wait(client, make_waiting, head):
    make_waiting(3)
    client.force_login(head)
    page = client.get("/admin/").content.decode()
    assert '<span class="count">3<span class="vh"> việc' in page


def test_the_rooms_cost_the_same_with_many_waiting(client, make_waiting, head, django_assert_num_queries):
    client.force_login(head)
    make_waiting(1)
    with django_assert_num_queries(PRICE):
        client.get("/admin/password_change/")
    make_waiting(3)
    with django_assert_num_queries(PRICE):
        client.get("/admin/password_change/")


# Session, account, the device it was confirmed with, positions with their units, permissions of roles, the
# approval line; what waits, the routes, the days off, who decides over those units; waiting events, decisions
# lists of attendance, materials, notes; what is unread; whether the site pays fees.
PRICE = 17


@pytest.fixture
def make_waiting(school, collaborator):
    def make(count):
        for _each in range(count):
            submit(make_draft(collaborator, department=school), collaborator)

    return make


# --- in whose words ---------------------------------------------------------------------------------------


def test_the_list_of_english_words_catches_djangos_own():
    assert ENGLISH.search("Select department to change")
    assert not ENGLISH.search("Chọn đơn vị để sửa")


@pytest.mark.one_database
@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role or "superuser")
def test_no_page_speaks_english(client, enter, role):
    user = enter(role)
    make_school_year()
    addresses = ["/admin/", "/admin/password_change/", "/admin/khong-co/", "/admin/accounts/user/"]
    for model, model_admin in admin.site._registry.items():
        opts = model._meta
        name = f"admin:{opts.app_label}_{opts.model_name}"
        addresses += [
            reverse(f"{name}_changelist"),
            reverse(f"{name}_changelist") + "?q=x",
            reverse(f"{name}_add"),
        ]
        if row := model_admin.model._default_manager.first():
            addresses += [
                reverse(f"{name}_{page}", args=[row.pk]) for page in ("change", "history", "delete")
            ]
    found = {}
    for address in addresses:
        response = client.get(address, follow=True)
        if response.get("Content-Type", "").startswith("text/html"):
            said = [
                words for words in words_of(response) if ENGLISH.search(words) and user.username not in words
            ]
            if said:
                found[address] = said
    assert found == {}


def test_a_refused_form_says_what_to_mend_in_vietnamese(client, enter):
    enter()
    words = words_of(client.post(reverse("admin:departments_schoolyear_add"), {"first_year": "x"}))
    assert "Chưa lưu được. Hãy sửa những chỗ có báo lỗi ở dưới." in words
    assert "Hãy điền ô này." in words
    assert "Nhập một số nguyên." in words
    assert not [said for said in words if ENGLISH.search(said)]


def test_what_was_done_is_said_as_a_status(client, enter):
    enter()
    data = {"first_year": "2031", "starts_on": "05/09/2031", "ends_on": "31/05/2032", "_save": "1"}
    page = client.post(reverse("admin:departments_schoolyear_add"), data, follow=True).content.decode()
    status = page[page.index('role="status"') :]
    assert "Đã thêm năm học “" in status[: status.index("</div>")]


# --- the door -----------------------------------------------------------------------------------------


def test_a_wrong_password_is_answered_kindly(client, db):
    make_user("lan")
    words = words_of(client.post("/admin/login/", {"username": "lan", "password": "sai"}))
    assert any("chưa đúng" in said for said in words)
    assert not [said for said in words if ENGLISH.search(said)]


def test_the_demo_hint_is_shown_in_the_demo_only(client, db, settings):
    settings.DEMO = False
    assert "truongdonvi" not in words_of(client.get("/admin/login/"))
    settings.DEMO = True
    assert "truongdonvi" in words_of(client.get("/admin/login/"))
    assert PASSWORD not in client.get("/admin/login/").content.decode()


def test_too_many_wrong_passwords_meet_a_page_in_vietnamese(client, db, limits):
    limits(sign_in=(3, 900))
    make_user("lan")
    for _each in range(4):
        answer = client.post("/admin/login/", {"username": "lan", "password": "sai"})
    assert answer.status_code == 429
    assert "Tạm dừng đăng nhập" in words_of(answer)
    assert not [said for said in words_of(answer) if ENGLISH.search(said)]


# --- refusals stay in the office ----------------------------------------------------------------------------


def test_a_missing_page_is_missed_inside_the_office(client, enter):
    enter(Role.COLLABORATOR)
    answer = client.get("/admin/khong-co/")
    assert answer.status_code == 404
    assert "Bàn viết" in rooms_of(answer) or rooms_of(answer)
    assert "Trang này không có trong phòng biên tập" in words_of(answer)


def test_work_of_others_is_refused_inside_the_office(client, enter):
    enter(Role.COLLABORATOR)
    answer = client.get(reverse("admin:accounts_user_changelist"))
    assert answer.status_code == 403
    assert "Tài khoản của bạn chưa được giao việc này" in words_of(answer)


# --- the shell keeps the policy --------------------------------------------------------------------------


def test_pages_bring_one_nonce_and_no_theme_of_djangos(client, enter):
    enter()
    answer = client.get(reverse("admin:departments_department_add"))
    page = answer.content.decode()
    nonces = set(re.findall(r'nonce="([^"]+)"', page))
    assert len(nonces) == 1
    assert f"'nonce-{nonces.pop()}'" in answer.headers["Content-Security-Policy"]
    assert "theme.js" not in page
    assert "theme-toggle" not in page
    assert "admin/css/base.css" not in page


def test_the_chosen_display_is_on_the_office_too(client, enter):
    enter()
    client.post("/hien-thi/", {"chu": "lon", "nen": "toi", "next": "/admin/"})
    page = client.get("/admin/").content.decode()
    assert '<html lang="vi" data-theme="toi" data-size="lon">' in page


def test_a_popup_has_no_shell(client, enter):
    enter()
    page = client.get(reverse("admin:departments_schoolyear_add") + "?_popup=1").content.decode()
    assert "o-nav" not in page
    assert "o-top" not in page


def test_a_department_field_has_its_label_and_hint_tied_to_it(client, enter, province):
    enter()
    make_department("Trường THPT Ngô Gia Tự", parent=province)
    page = client.get(reverse("admin:departments_department_change", args=[province.pk])).content.decode()
    assert re.search(r'<label class="lab" for="id_names-0-name">', page)
    described = set(" ".join(re.findall(r'aria-describedby="([^"]+)"', page)).split())
    # A date field is promised a warning that Django's script writes only for another time zone.
    missing = {name for name in described if f'id="{name}"' not in page and "_timezone_" not in name}
    assert described and missing == set()
