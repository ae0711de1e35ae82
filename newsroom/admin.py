"""Addresses of the office that belong to no room: one's own sessions, how the machine does."""

from typing import cast

from django.contrib import admin
from django.urls import path

from newsroom.appearance import admin as _appearance  # noqa: F401 (registers whose site it is)
from newsroom.first_day import pages, visit
from newsroom.guarding import own_sessions
from newsroom.health.troubles import troubles_page
from newsroom.home.my_file import my_file

site = cast("admin.AdminSite", admin.site)
_door = site.door_view  # type: ignore[attr-defined]  # NewsroomAdminSite's

site.pages += [  # type: ignore[attr-defined]  # NewsroomAdminSite's
    path("thiet-bi/phien/<str:name>/het/", site.admin_view(own_sessions.end_one), name="end_session"),
    path("thiet-bi/phien-khac/het/", site.admin_view(own_sessions.end_others), name="end_other_sessions"),
    path("con-thieu-gi/", site.admin_view(pages.missing_page), name="missing"),
    path("dung-trang/", _door(visit.opening_page), name="first_visit"),
    path("dung-trang/trang-cua-ai/", _door(visit.whose_page), name="first_visit_whose"),
    path("ho-so-cua-toi/", site.admin_view(my_file), name="my_file"),
    path("tinh-trang/", site.admin_view(troubles_page), name="troubles"),
]
