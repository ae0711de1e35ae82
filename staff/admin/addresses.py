"""All addresses of this room."""

from django.contrib import admin
from django.urls import path

from staff.admin.changes import change_page, undo_page
from staff.admin.entry import email_page, entry_page
from staff.admin.invitations import invitations_page
from staff.admin.new_device import new_device_page
from staff.admin.people_list import people_list_page
from staff.admin.requests import requests_page
from staff.door import (
    choose_password_page,
    confirm_email_page,
    enter_by_code,
    enter_by_link,
    forgotten_page,
)

_door, _inside = admin.site.door_view, admin.site.admin_view  # type: ignore[attr-defined]  # NewsroomAdminSite's

admin.site.pages += [  # type: ignore[attr-defined]  # NewsroomAdminSite's
    path("vao/", _door(enter_by_code), name="enter_by_code"),
    path("vao/<str:token>/", _door(enter_by_link), name="enter_by_link"),
    path("dat-mat-khau/", _door(choose_password_page), name="choose_password"),
    path("doi-thu/", _door(confirm_email_page), name="confirm_email"),
    path("quen-mat-khau/", _door(forgotten_page), name="forgotten"),
    path("departments/person/<int:id>/thay-doi/", _inside(change_page), name="staff_change"),
    path("departments/person/<int:id>/thay-doi/<int:change>/bo/", _inside(undo_page), name="staff_undo"),
    path("accounts/user/nhap-bang/", _inside(people_list_page), name="staff_list"),
    path("accounts/user/moi-vao/", _inside(invitations_page), name="staff_invitations"),
    path("accounts/user/xac-nhan/", _inside(requests_page), name="staff_requests"),
    path("accounts/user/<int:id>/cho-vao/", _inside(entry_page), name="staff_entry"),
    path("accounts/user/<int:id>/mat-thiet-bi/", _inside(new_device_page), name="staff_new_device"),
    path("accounts/user/<int:id>/doi-thu/", _inside(email_page), name="staff_email"),
]
