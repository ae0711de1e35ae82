"""Traps of an installation that Django's own deploy checks do not know: `manage.py check --deploy`.

The check of delivered mail asks the database: `check --deploy --database default`.
"""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError
from django.utils import timezone

from accounts.roles import GUARDED_ROLES
from identity.models import SiteIdentity
from inbox.models import Notice
from newsroom.demo.units import IDENTITY

FOR_THE_WORLD = "smtp.EmailBackend"
OF_ONE_PROCESS = ("locmem.LocMemCache", "dummy.DummyCache")
OF_ONE_MACHINE = "counters.FileCounters"
# Words of the demo that no real site has; the office it is named after may keep the others.
DEMO_ALONE = ("email", "responsible_title")
SHARED_PICTURES = "object_storage.PrivateBucket"


def _told(is_so: bool, number: str, words: str, hint: str) -> list[CheckMessage]:
    return [Warning(words, hint=hint, id=f"newsroom.{number}")] if is_so else []


@register(Tags.security, deploy=True)
def check_demo(**kwargs: Any) -> list[CheckMessage]:
    return _told(
        settings.DEMO and settings.SITE_URL.startswith("https://"),
        "W001",
        "DEMO đang bật trên một địa chỉ HTTPS: ai cũng vào được bằng mật khẩu đã công bố của bản dùng thử.",
        "Bỏ DEMO khỏi tệp thiết đặt rồi khởi động lại.",
    )


@register(Tags.security, deploy=True)
def check_proxies(**kwargs: Any) -> list[CheckMessage]:
    return _told(
        bool(settings.SECURE_PROXY_SSL_HEADER) and not settings.PROXIES,
        "W002",
        "Phía trước có máy chủ HTTPS mà PROXIES chưa ghi: mọi người bị đếm là một địa chỉ, một người thử sai "
        "mật khẩu là cả tỉnh phải chờ.",
        "Ghi PROXIES=1 (chỉ có nginx), PROXIES=2 (nginx rồi Varnish).",
    )


@register(Tags.security, deploy=True)
def check_hosts(**kwargs: Any) -> list[CheckMessage]:
    return _told(
        "*" in settings.ALLOWED_HOSTS,
        "W003",
        "ALLOWED_HOSTS nhận mọi tên miền: trang giữ sẵn, thông báo có thể mang tên miền của kẻ khác.",
        "Ghi đúng tên miền của trang, ví dụ ALLOWED_HOSTS=giaoduc.example.",
    )


@register(Tags.security, deploy=True)
def check_mail_server(**kwargs: Any) -> list[CheckMessage]:
    return _told(
        not settings.MAILERS["default"]["BACKEND"].endswith(FOR_THE_WORLD),
        "W004",
        "Chưa có máy chủ thư: lời mời, đặt lại mật khẩu, thông báo thiết bị lạ không tới ai.",
        "Ghi EMAIL_URL=smtp+tls://người:mật-khẩu@máy:587 rồi gửi thử: toasoan sendtestemail địa-chỉ-của-bạn.",
    )


@register(Tags.security, Tags.database, deploy=True)
def check_delivered_mail(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Asks only when a database is named, as Django's checks of databases do."""
    try:
        is_untested = bool(databases) and not Notice.objects.exclude(mailed_at=None).exists()
    except DatabaseError:
        is_untested = True  # no table yet
    return _told(
        is_untested,
        "W005",
        "Chưa thư nào của hệ thống được máy chủ thư nhận.",
        "Mời một người, hoặc bấm “Quên mật khẩu?” với tài khoản của bạn; việc nền phải đang chạy.",
    )


@register(Tags.security, deploy=True)
def check_second_factor(**kwargs: Any) -> list[CheckMessage]:
    missing = [role for role in GUARDED_ROLES if role not in settings.SECOND_FACTOR_ROLES]
    people, names = ", ".join(str(role.label) for role in missing), ", ".join(missing)
    return _told(
        bool(missing),
        "W006",
        f"Người duyệt, công bố, giao quyền chỉ bằng mật khẩu ({people}): SECOND_FACTOR_ROLES thiếu {names}.",
        f"Bỏ SECOND_FACTOR_ROLES khỏi tệp thiết đặt để dùng mặc định, hoặc thêm {names} vào danh sách.",
    )


@register(Tags.security, deploy=True)
def check_counters(**kwargs: Any) -> list[CheckMessage]:
    backend = settings.CACHES["limits"]["BACKEND"]
    has_machines = settings.STORAGES["default"]["BACKEND"].endswith(SHARED_PICTURES)
    return _told(
        backend.endswith(OF_ONE_PROCESS),
        "W007",
        "Giới hạn đếm trong bộ nhớ của từng tiến trình: kẻ dò mật khẩu được thử gấp nhiều lần.",
        "Bỏ thiết đặt bộ đếm riêng (mặc định mọi tiến trình đếm chung một tệp), hoặc ghi CACHE_URL=redis://….",
    ) + _told(
        backend.endswith(OF_ONE_MACHINE) and has_machines,
        "W008",
        "Ảnh ở kho S3 nghĩa là có nhiều máy, mà mỗi máy đếm giới hạn riêng.",
        "Ghi CACHE_URL=redis://máy:6379/0 giống nhau ở mọi máy.",
    )


@register(Tags.security, deploy=True)
def check_identity(**kwargs: Any) -> list[CheckMessage]:
    """Asks the database always: no site may open under another's name because a word was left out here."""
    hint = "Ghi ở phòng biên tập, mục Trang của ai, hoặc chạy: toasoan setup."
    try:
        row = SiteIdentity.objects.at(timezone.localdate()).first()
    except DatabaseError:
        return []  # no tables yet, so no site to judge: the command runs again after `migrate`
    if row is None:
        return _told(True, "W009", "Trang chưa ghi là của ai: bạn đọc thấy “Trang tin điện tử”.", hint)
    shared = [name for name in DEMO_ALONE if getattr(row, name) == IDENTITY[name]]
    return _told(
        bool(shared),
        "W009",
        "Trang còn mang danh tính của bản dùng thử: " + ", ".join(str(getattr(row, name)) for name in shared),
        hint,
    )
