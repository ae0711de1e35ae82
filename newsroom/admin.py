"""Addresses of the office that belong to no room: one's own sessions, how the machine does."""

from typing import cast

from django.contrib import admin
from django.urls import path

from newsroom.guarding import own_sessions
from newsroom.health.troubles import troubles_page

site = cast("admin.AdminSite", admin.site)

site.pages += [  # type: ignore[attr-defined]  # NewsroomAdminSite's
    path("thiet-bi/phien/<str:name>/het/", site.admin_view(own_sessions.end_one), name="end_session"),
    path("thiet-bi/phien-khac/het/", site.admin_view(own_sessions.end_others), name="end_other_sessions"),
    path("tinh-trang/", site.admin_view(troubles_page), name="troubles"),
]
