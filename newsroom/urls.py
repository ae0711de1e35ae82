"""Every address of the site, wired from the apps."""

from django.contrib import admin
from django.urls import include, path

from newsroom import views

urlpatterns = [
    path("", include("frontpage.urls")),
    path("", include("articles.urls")),
    path("don-vi/", include("departments.urls")),
    path("su-kien/", include("events.urls")),
    path("khen-thuong/", include("awards.urls")),
    path("van-ban/", include("documents.urls")),
    path("uploads/", include("media.urls")),
    path("hien-thi/", views.display_settings, name="display_settings"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("admin/", admin.site.urls),
]

handler404 = "newsroom.views.not_found"
handler403 = "newsroom.views.forbidden"
handler500 = "newsroom.views.server_error"
