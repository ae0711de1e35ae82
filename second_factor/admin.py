"""The addresses of the room. No list of secrets and keys: the libraries' admins are taken away."""

from typing import cast

from django.contrib import admin
from django.urls import path
from django.views.i18n import JavaScriptCatalog
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from foundation.limiting.limits import limited
from second_factor import devices, door, keys

admin.site.unregister([TOTPDevice, StaticDevice])

site = cast("admin.AdminSite", admin.site)
at_door, inside = site.door_view, site.admin_view  # type: ignore[attr-defined]  # NewsroomAdminSite's

site.pages += [  # type: ignore[attr-defined]
    path("xac-nhan/", at_door(door.second_step), name="second_step"),
    path("xac-nhan/thoi/", at_door(door.leave), name="leave_door"),
    path("thiet-bi/", at_door(devices.devices), name="devices"),
    path("thiet-bi/khoa/", at_door(devices.add_key), name="add_key"),
    path("thiet-bi/khoa/<int:pk>/ten/", inside(devices.rename_key), name="rename_key"),
    path("thiet-bi/khoa/<int:pk>/go/", inside(devices.remove_key), name="remove_key"),
    path("thiet-bi/ung-dung/", at_door(devices.add_app), name="add_app"),
    path("thiet-bi/ung-dung/go/", inside(devices.remove_app), name="remove_app"),
    path("thiet-bi/ma/", inside(devices.new_codes), name="new_codes"),
    path("khoa-truy-cap/them/", at_door(keys.BeginRegistration.as_view()), name="key_registration_begin"),
    path(
        "khoa-truy-cap/them/xong/", at_door(keys.CompleteRegistration.as_view()), name="key_registration_done"
    ),
    path(
        "khoa-truy-cap/hoi/",
        at_door(limited("key")(keys.BeginAuthentication.as_view())),
        name="key_authentication_begin",
    ),
    path(
        "khoa-truy-cap/hoi/xong/",
        at_door(limited("key")(keys.CompleteAuthentication.as_view())),
        name="key_authentication_done",
    ),
    path(
        "khoa-truy-cap/loi/",
        JavaScriptCatalog.as_view(packages=["django_otp_webauthn"]),
        name="key_script_words",
    ),
]
