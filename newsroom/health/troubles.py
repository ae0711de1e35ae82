"""What readyz says, in words, for the administrators: what is amiss, what follows, what to do."""

from typing import NamedTuple

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from departments.access import ADMINISTER
from inbox.trouble import refused, stuck
from newsroom.backups import results
from newsroom.health.readiness import run_checks
from newsroom.version import VERSION


class Duty(NamedTuple):
    """One thing that is needed: its name, and of its failure what follows and what helps."""

    name: str
    follows: str
    helps: str


DUTIES = {
    "database": Duty(
        "Cơ sở dữ liệu",
        "Không viết, duyệt, đăng được; bạn đọc vẫn mở được trang đã giữ.",
        "Báo người giữ máy chủ khởi động lại cơ sở dữ liệu.",
    ),
    "migrations": Duty(
        "Phiên bản dữ liệu",
        "Chương trình mới hơn dữ liệu, có trang sẽ báo lỗi.",
        "Người giữ máy chủ chạy lệnh toasoan migrate.",
    ),
    "storage": Duty(
        "Kho ảnh và tệp",
        "Không tải ảnh, văn bản lên được.",
        "Người giữ máy chủ xem đĩa, quyền thư mục hoặc kho S3.",
    ),
    "space": Duty(
        "Chỗ trống trên đĩa",
        "Sắp hết chỗ: khi đầy thì không lưu bài, không sao lưu được.",
        "Người giữ máy chủ dọn bản sao lưu cũ hoặc thêm đĩa.",
    ),
    "pages": Duty(
        "Kho trang giữ sẵn",
        "Trang vẫn mở nhưng chậm hơn.",
        "Người giữ máy chủ xem quyền thư mục var/pages.",
    ),
    "cache": Duty(
        "Bộ nhớ dùng chung (Redis)",
        "Trang vẫn mở nhưng chậm hơn; số lần thử mật khẩu mỗi máy chủ đếm riêng.",
        "Người giữ máy chủ khởi động lại Redis.",
    ),
    "limits": Duty(
        "Bộ đếm số lần thử",
        "Không ghi được tệp var/limits.sqlite3: mỗi tiến trình đếm riêng, nên kẻ dò mật khẩu được thử nhiều "
        "lần hơn.",
        "Người giữ máy chủ xem quyền của tệp ấy; nếu do lệnh chạy bằng root tạo ra thì xóa đi là xong.",
    ),
    "worker": Duty(
        "Việc nền",
        "Bài hẹn giờ chưa đăng, thư chưa gửi.",
        "Người giữ máy chủ khởi động lại dịch vụ toasoan-viec-nen.",
    ),
    "releases": Duty(
        "Đăng đúng giờ",
        "Có bài đã quá giờ hẹn mà chưa đăng.",
        "Xem mục Việc nền ở trên; nếu việc nền vẫn chạy, người giữ máy chủ xem nhật ký.",
    ),
    "mail": Duty(
        "Gửi thư",
        "Có thư chờ quá một giờ; thông báo vẫn có đủ trong Hộp thư của mỗi người.",
        "Người giữ máy chủ xem máy chủ thư: mật khẩu đổi, cổng bị chặn.",
    ),
    "backup": Duty(
        "Sao lưu",
        "Quá hạn chưa có bản sao lưu tốt.",
        "Người giữ máy chủ xem toasoan-sao-luu; lý do lần gần nhất ghi bên dưới.",
    ),
}


@never_cache
@require_safe
def troubles_page(request: HttpRequest) -> HttpResponse:
    """Show the administrators what works and what does not, with the last backups."""
    if not request.user.has_perm(ADMINISTER):
        raise PermissionDenied
    checks = run_checks()
    waiting = stuck() if checks["migrations"] else None
    context = admin.site.each_context(request) | {
        "title": "Tình trạng hệ thống",
        "version": VERSION,
        "amiss": [DUTIES[name] for name, is_well in checks.items() if not is_well],
        "well": [DUTIES[name] for name, is_well in checks.items() if is_well],
        "stuck": waiting,
        "refused": refused(),
        "runs": results.last_runs(),
    }
    return render(request, "admin/troubles.html", context)
