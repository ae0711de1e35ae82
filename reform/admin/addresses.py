"""All addresses of this room."""

from django.contrib import admin
from django.urls import path

from reform.admin.closing import closing_page
from reform.admin.table import table_page

_inside = admin.site.admin_view

admin.site.pages += [  # type: ignore[attr-defined]  # NewsroomAdminSite's
    path("departments/department/sap-xep/", _inside(table_page), name="reform_table"),
    path("departments/department/<int:id>/ket-thuc/", _inside(closing_page), name="reform_closing"),
]
