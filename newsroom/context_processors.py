"""What every template may show about the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from foundation.sharecards.card import NAME, SIZE
from newsroom.display import display_of
from newsroom.navigation import navigation

SITE = {
    "name": NAME,
    "short_name": "GD Đắk Lắk",  # under an icon on a phone: at most twelve letters
    "org": "Sở GD&ĐT Đắk Lắk",
    "organization": "Sở Giáo dục và Đào tạo Đắk Lắk",
    "responsible": "Trưởng Ban truyền thông của Sở",
    "email": "bantruyenthong@vidu.example",
    "description": "Tin tức, sự kiện, khen thưởng và văn bản của ngành giáo dục Đắk Lắk.",
}

DEMO_NOTICE = (
    "Bản dùng thử: chỉ lời của bài “Đắk Lắk: chú trọng nâng cao công tác truyền thông ngành GD&ĐT” là "
    "thật. Tên người được khen, ngày, số quyết định, số văn bản và các bài khác là dữ liệu minh họa; ảnh "
    "là hình vẽ thay thế."
)


def _share() -> dict[str, Any]:
    """The share picture of pages without their own (`tests.icons` draws it)."""
    words = f"{SITE['name']}. {SITE['description']}"
    url = settings.SITE_URL + static("img/chia-se.jpg")
    return {"url": url, "width": SIZE[0], "height": SIZE[1], "alt": words}


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the variables that every template gets."""
    return {
        "site": SITE
        | {
            "url": settings.SITE_URL,
            "notice": DEMO_NOTICE if settings.DEMO else "",
            "today": timezone.localdate(),
            "share": _share(),
        },
        "site_nav": SimpleLazyObject(lambda: navigation(request.path)),
        "display": display_of(request),
        "canonical_url": settings.SITE_URL + request.path,
        "is_demo": settings.DEMO,
    }
