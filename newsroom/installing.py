"""The web app manifest, for readers who put the site on their home screen."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from foundation.pagestore.keeping import keep_page
from identity.current import site_words

PAPER = "#fbf8f2"  # the light colour of static/css/tokens.css
# Our own sign, the site's logo if it has one, size, and whether a phone may crop it.
ICONS = (
    ("img/icon-192.png", "192", "192x192", "any"),
    ("img/icon-512.png", "512", "512x512", "any"),
    ("img/icon-maskable-512.png", "512-cat", "512x512", "maskable"),
)
SHORTCUTS = (
    ("Xác minh giấy khen", "awards:verify"),
    ("Sự kiện", "events:event_list"),
    ("Văn bản", "documents:document_list"),
    ("Tìm kiếm", "articles:search"),
)


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Answer with the manifest. The browser keeps its back button, because our pages have none."""
    home = reverse("frontpage:home")
    site = site_words()
    icons = [
        {"src": site.logo_at(logo) or static(sign), "sizes": size, "type": "image/png", "purpose": purpose}
        for sign, logo, size, purpose in ICONS
    ]
    said = {
        "id": home,
        "name": site.name,
        "short_name": site.short_name,
        "description": site.about,
        "lang": "vi",
        "dir": "ltr",
        "start_url": home,
        "scope": home,
        "display": "minimal-ui",
        "theme_color": PAPER,
        "background_color": PAPER,
        "categories": ["news", "education"],
        "icons": icons,
        "shortcuts": [{"name": name, "url": reverse(view)} for name, view in SHORTCUTS],
    }
    response = JsonResponse(said, json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Type"] = "application/manifest+json"
    return keep_page(request, response, "manifest")
