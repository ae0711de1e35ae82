"""All addresses of the site, included from the apps."""

from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from api import late
from articles.office import previews
from newsroom import about, installing, offline, views
from newsroom.appearance import logo, sharing, stylesheet
from newsroom.guarding.security_txt import security_txt
from newsroom.health import readiness
from newsroom.metrics.page import metrics

urlpatterns = [
    path("", include("frontpage.urls")),
    path("", include("articles.urls")),
    path("don-vi/", include("departments.urls")),
    path("su-kien/", include("events.urls")),
    path("su-kien/", include("daybook.urls")),
    path("khen-thuong/", include("awards.urls")),
    path("kiem-tra-tep/", include("signing.urls")),
    path("van-ban/", include("documents.urls")),
    path("ve/", include("training.urls")),
    path("uploads/", include("media.urls")),
    # Not among the public addresses of stories: it shows unpublished stories to those who have the link.
    path("xem-truoc/<str:token>/", previews.preview_page, name="preview_page"),
    re_path(
        r"^xem-truoc/(?P<token>[\w-]+)/anh/(?P<content_hash>[0-9a-f]{64})/(?P<width>[0-9]{1,5})\.(?P<extension>avif|jpg)$",
        previews.preview_photo,
        name="preview_photo",
    ),
    re_path(r"^api/v1/(?P<rest>.*)$", late.answer_api, name="api"),
    re_path(
        rf"^chia-se/(?P<slug>{sharing.PLACE})-(?P<key>[0-9a-f]{{16}})\.jpg$",
        sharing.site_picture,
        name="site_share",
    ),
    re_path(r"^mau-sac/(?P<key>[0-9a-f]{16})\.css$", stylesheet.colours, name="site_colours"),
    re_path(
        r"^bieu-trung/(?P<digest>[0-9a-f]{64})/(?P<name>[0-9]+(?:-cat)?)\.png$",
        logo.logo_picture,
        name="site_logo",
    ),
    path("gioi-thieu/", about.about, name="about"),
    path("lien-he/", about.contact, name="contact"),
    path("tiep-can/", about.accessibility, name="accessibility"),
    path("manifest.webmanifest", installing.manifest, name="manifest"),
    path("sw.js", offline.worker, name="service_worker"),
    path("mat-mang/", offline.offline_page, name="offline_page"),
    path("hien-thi/", views.display_settings, name="display_settings"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", readiness.readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("robots.txt", views.robots, name="robots"),
    # Short enough to be typed from a printed sheet.
    path("vao/", RedirectView.as_view(pattern_name="admin:enter_by_code"), name="enter"),
    path("admin/", admin.site.urls),
]

handler400 = "newsroom.too_large.bad_request"
handler404 = "newsroom.views.not_found"
handler403 = "newsroom.views.forbidden"
handler500 = "newsroom.views.server_error"
