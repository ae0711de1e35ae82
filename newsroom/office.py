"""What surrounds every admin page: the rooms that a user may open, and who the user is."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.contrib.admin import AdminSite, ModelAdmin
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst

from accounts.kept_words import words_key
from articles.office import figures, planning, queue
from articles.writing.board import is_only_a_writer
from departments.access import ADMINISTER, rights
from fees.switch import may_open as fees_open
from inbox.reading import unread
from inbox.trouble import refused, stuck
from newsroom.guarding.own_sessions import list_own


def _has_part(user: Any) -> bool:
    return user.is_superuser or bool(getattr(rights(user), "positions", ()))


class Room(NamedTuple):
    """One line of the admin's navigation.

    `models` are its lists ("app.model"); it links to the first that the user may see. A room with a page of
    its own has `url_name` and the `permission` that opens it; the page comes before the lists. Missing lists
    and pages are left out, and so is a room without any.
    """

    label: str
    icon: str
    models: tuple[str, ...] = ()
    url_name: str = ""
    permission: str = ""
    opens: Callable[[Any], bool] | None = None  # decides instead of `permission`
    count: Callable[[Any], int] | None = None  # how many things wait here for the user
    counted: str = "bài đang chờ"
    for_editing: bool = False  # hidden from users who may only read


ROOMS = (
    Room(
        "Bàn làm việc",
        "todo",
        url_name="admin:index",
        opens=lambda user: _has_part(user) and not is_only_a_writer(user),  # their first page is the board
    ),
    Room(
        "Bàn viết",
        "pencil",
        ("articles.article",),
        url_name="admin:writing_board",
        permission="articles.add_article",
    ),
    Room(
        "Chờ duyệt",
        "inbox",
        url_name="admin:review_desk",
        opens=queue.is_open_to,
        count=lambda user: queue.count_waiting(user) + queue.count_records(user),
        counted="việc đang chờ",
    ),
    Room(
        "Hộp thư",
        "mail",
        url_name="admin:inbox",
        opens=_has_part,
        count=unread,
        counted="việc chưa đọc",
    ),
    Room("Đã đăng", "news", ("articles.publishedarticle",)),
    Room(
        "Lịch",
        "month",
        url_name="admin:planning",
        opens=planning.may_see,
    ),
    Room("Sự kiện", "calendar", ("events.event", "daybook.note", "daybook.material")),
    Room(
        "Đăng ký, điểm danh",
        "people",
        ("training.attestationlist",),
        url_name="admin:enrolment_list",
        permission="training.view_enrolment",
    ),
    Room(
        "Khen thưởng",
        "medal",
        (
            "awards.decision",
            "awards.commendation",
            "awards.awardkind",
            "awards.basesalary",
            "awards.lawversion",
        ),
    ),
    Room(
        "Đợt khen",
        "check",
        url_name="admin:round_list",
        permission="rounds.view_round",
    ),
    Room(
        "Nhuận bút",
        "pencil",
        url_name="admin:fee_months",
        opens=fees_open,
    ),
    Room(
        "Mẫu in",
        "print",
        ("press.printtemplate", "press.printer"),
    ),
    Room("Chữ ký số", "check", ("signing.trustedcertificate", "signing.signername")),
    Room("Văn bản", "file", ("documents.officialdocument",)),
    Room("Kho ảnh", "image", ("media.photo", "media.pupil", "media.datarequest")),
    Room(
        "Đơn vị, nhân sự",
        "people",
        (
            "departments.department",
            "departments.person",
            "departments.position",
            "departments.schoolyear",
            "departments.dayoff",
            "articles.reviewroute",
        ),
    ),
    Room(
        "Ủy quyền",
        "return",
        url_name="admin:delegations",
        permission="departments.delegate_position",
    ),
    Room(
        "Trang chủ",
        "home",
        url_name="admin:front_page",
        permission="frontpage.view_placement",
    ),
    Room("Thông báo khẩn", "alert", ("identity.alert",)),
    Room(
        "Chuyên mục, thẻ",
        "tag",
        ("articles.section", "articles.tag"),
        for_editing=True,
    ),
    Room(
        "Thống kê",
        "chart",
        url_name="admin:figures",
        opens=figures.may_see,
    ),
    Room(
        "Trang của ai",
        "home",
        ("identity.siteidentity", "fees.payer"),
    ),
    Room("Tài khoản", "key", ("accounts.user",)),
    Room(
        "Tình trạng hệ thống",
        "warning",
        url_name="admin:troubles",
        permission=ADMINISTER,
    ),
    Room(
        "Nhật ký kiểm toán",
        "clock",
        (
            "approvals.auditentry",
            "approvals.statuschange",
            "articles.breakglass",
            "articles.urgentwithdrawal",
        ),
    ),
)


class Office:
    """The navigation of one request; makes no query before a template asks."""

    def __init__(self, site: AdminSite, request: HttpRequest):
        self.site, self.request = site, request

    @cached_property
    def rooms(self) -> list[dict[str, Any]]:
        return [room for room in map(self._opened, ROOMS) if room]

    @cached_property
    def room(self) -> dict[str, Any] | None:
        """The room of this page."""
        return next((room for room in self.rooms if room["current"]), None)

    @cached_property
    def words_key(self) -> str:
        """The key of what this person's browser keeps."""
        return words_key(self.request.user)

    @cached_property
    def sessions(self) -> list[dict[str, Any]]:
        """Where this person is signed in."""
        return list_own(self.request)

    @cached_property
    def mail_trouble(self) -> dict[str, Any] | None:
        """For administrators of accounts: how much mail is stuck, and which addresses refuse mail."""
        if not self.request.user.has_perm(ADMINISTER):
            return None
        waiting, addresses = stuck(), refused()
        return {"stuck": waiting, "refused": addresses} if waiting.count or addresses else None

    @cached_property
    def person(self) -> dict[str, str]:
        """The name, initials, form of address and position of the signed-in user."""
        user = self.request.user
        name = user.get_full_name() or user.get_username()
        held = rights(user)
        first = held.positions[0] if held and held.positions else None
        return {
            "name": name,
            "initials": "".join(word[0] for word in name.split()[-2:]).upper(),
            "address": f"{user.form_of_address} {user.get_short_name() or name}",
            "position": f"{first.title}, {first.department.short_name or first.department}" if first else "",
        }

    def _opened(self, room: Room) -> dict[str, Any] | None:
        parts = [*self._page(room), *self._lists(room)]
        if not parts:
            return None
        return {
            "label": room.label,
            "icon": f"_components/icons/{room.icon}.html",
            "parts": parts,
            "url": parts[0]["url"],
            "here": parts[0]["url"] == self.request.path,
            "current": any(part["current"] for part in parts),
            "waiting": room.count(self.request.user) if room.count else 0,
            "counted": room.counted,
        }

    def _lists(self, room: Room) -> Iterator[dict[str, Any]]:
        """Yield the room's lists that the user may see, as each list's own admin decides."""
        for label in room.models:
            model_admin = self._admins.get(label)
            if model_admin is None or not self._opens(room, model_admin):
                continue
            opts = model_admin.opts
            may_add = model_admin.has_add_permission(self.request)
            yield self._part(
                capfirst(opts.verbose_name_plural),
                reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist"),
                add_label=f"Thêm {opts.verbose_name}",
                add_url=reverse(f"admin:{opts.app_label}_{opts.model_name}_add") if may_add else "",
            )

    def _opens(self, room: Room, model_admin: ModelAdmin) -> bool:
        if room.for_editing:
            return model_admin.has_change_permission(self.request)
        return model_admin.has_view_or_change_permission(self.request)

    def _page(self, room: Room) -> Iterator[dict[str, Any]]:
        user = self.request.user
        if room.url_name and (room.opens(user) if room.opens else user.has_perm(room.permission)):
            try:
                yield self._part(room.label, reverse(room.url_name))
            except NoReverseMatch:
                return

    def _part(self, label: str, url: str, **more: str) -> dict[str, Any]:
        path = self.request.path
        is_current = path == url if url == reverse("admin:index") else path.startswith(url)
        return {"label": label, "url": url, "current": is_current, **more}

    @cached_property
    def _admins(self) -> dict[str, ModelAdmin]:
        return {model._meta.label_lower: model_admin for model, model_admin in self.site._registry.items()}
