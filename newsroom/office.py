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
from departments.access import ADMINISTER, rights
from inbox.reading import unread
from inbox.trouble import refused, stuck
from newsroom.first_day.missing import Missing, what_is_missing
from newsroom.guarding.own_sessions import list_own


class Room(NamedTuple):
    """One line of the admin's navigation.

    `models` are its lists ("app.model"); it links to the first that the user may see. A room with a page of
    its own has `url_name` and the `permission` that opens it; the page comes before the lists. Missing lists
    and pages are left out, and so is a room without any.
    """

    label: str
    icon: str
    hint: str
    models: tuple[str, ...] = ()
    url_name: str = ""
    permission: str = ""
    opens: Callable[[Any], bool] | None = None  # decides instead of `permission`
    count: Callable[[Any], int] | None = None  # how many things wait here for the user
    counted: str = "bài đang chờ"
    first_step: str = "Mở việc chờ lâu nhất"
    for_editing: bool = False  # hidden from users who may only read


ROOMS = (
    Room(
        "Bàn viết",
        "pencil",
        "Viết bài, gửi duyệt và theo dõi bài của đơn vị.",
        ("articles.article",),
        url_name="admin:writing_board",
        permission="articles.add_article",
    ),
    Room(
        "Chờ duyệt",
        "inbox",
        "Đọc, duyệt hoặc trả lại bài, sự kiện, quyết định đã gửi.",
        url_name="admin:review_desk",
        opens=queue.is_open_to,
        count=lambda user: queue.count_waiting(user) + queue.count_records(user),
        counted="việc đang chờ",
    ),
    Room(
        "Hộp thư",
        "mail",
        "Bài được duyệt, trả lại, đăng; bài đến lượt bạn; ủy quyền.",
        url_name="admin:inbox",
        opens=lambda user: user.is_superuser or bool(getattr(rights(user), "positions", ())),
        count=unread,
        counted="việc chưa đọc",
        first_step="Mở hộp thư",
    ),
    Room("Đã đăng", "news", "Những bài bạn đọc đang thấy.", ("articles.publishedarticle",)),
    Room(
        "Lịch",
        "month",
        "Bài dự kiến, bài đã hẹn giờ và sự kiện trong tháng.",
        url_name="admin:planning",
        opens=planning.may_see,
    ),
    Room("Sự kiện", "calendar", "Hội nghị, lễ, cuộc thi: chương trình, đại biểu, ảnh.", ("events.event",)),
    Room(
        "Khen thưởng",
        "medal",
        "Quyết định khen thưởng và danh sách được khen.",
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
        "Đề nghị khen của đơn vị, thẩm định, hội đồng, dự thảo quyết định.",
        url_name="admin:round_list",
        permission="rounds.view_round",
    ),
    Room(
        "Mẫu in",
        "print",
        "Mẫu giấy khen theo mi-li-mét, máy in và độ lệch.",
        ("press.printtemplate", "press.printer"),
    ),
    Room("Văn bản", "file", "Văn bản của ngành, hiệu lực và tệp tải về.", ("documents.officialdocument",)),
    Room("Kho ảnh", "image", "Ảnh kèm chú thích, nguồn, mô tả và sự đồng ý.", ("media.photo", "media.pupil")),
    Room(
        "Đơn vị, con người",
        "people",
        "Tên gọi, quan hệ, chức danh theo từng thời kỳ.",
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
        "Giao việc duyệt cho người khác trong những ngày bạn vắng.",
        url_name="admin:delegations",
        permission="departments.delegate_position",
    ),
    Room("Trang chủ", "home", "Bài đứng ở đâu trên trang chủ, đến khi nào.", ("frontpage.placement",)),
    Room(
        "Chuyên mục, thẻ",
        "tag",
        "Xếp bài vào chuyên mục và gắn thẻ.",
        ("articles.section", "articles.tag"),
        for_editing=True,
    ),
    Room(
        "Thống kê",
        "chart",
        "Tin của từng đơn vị, từng người trong năm học.",
        url_name="admin:figures",
        opens=figures.may_see,
    ),
    Room(
        "Trang của ai",
        "home",
        "Tên trang, cơ quan chủ quản, người chịu trách nhiệm, địa chỉ.",
        ("identity.siteidentity",),
    ),
    Room("Tài khoản", "key", "Ai đăng nhập được, đặt lại mật khẩu.", ("accounts.user",)),
    Room(
        "Tình trạng hệ thống",
        "warning",
        "Điều gì đang trục trặc, sao lưu gần đây ra sao.",
        url_name="admin:troubles",
        permission=ADMINISTER,
        first_step="Xem tình trạng",
    ),
    Room(
        "Nhật ký",
        "clock",
        "Ai đã làm bước nào, lúc nào, với tư cách gì.",
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
        rooms = [room for room in map(self._opened, ROOMS) if room]
        # One room is highlighted on the first page: where something waits for the user, else the first.
        for room in rooms:
            room["first"] = room is next((one for one in rooms if one["waiting"]), rooms[0])
        return rooms

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
    def missing(self) -> list[Missing]:
        """For administrators of accounts: what the site still lacks."""
        return what_is_missing() if self.request.user.has_perm("accounts.change_user") else []

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
            "hint": room.hint,
            "parts": parts,
            "url": parts[0]["url"],
            "here": parts[0]["url"] == self.request.path,
            "current": any(part["current"] for part in parts),
            "waiting": room.count(self.request.user) if room.count else 0,
            "counted": room.counted,
            "first_step": room.first_step,
            **self._first_to_add(parts),
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
        return {"label": label, "url": url, "current": self.request.path.startswith(url), **more}

    def _first_to_add(self, parts: list[dict[str, Any]]) -> dict[str, str]:
        """Return the “add” link of the room's main list."""
        first_list = next((part for part in parts if "add_url" in part), {})
        return {key: first_list.get(key, "") for key in ("add_url", "add_label")}

    @cached_property
    def _admins(self) -> dict[str, ModelAdmin]:
        return {model._meta.label_lower: model_admin for model, model_admin in self.site._registry.items()}
