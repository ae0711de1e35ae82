"""Public addresses of departments."""

from django.urls import path, re_path

from departments import views

app_name = "departments"
urlpatterns = [
    path("", views.department_list, name="department_list"),
    path("<slug:slug>/", views.department_detail, name="department_detail"),
    path("<slug:slug>/tin/", views.department_stories, name="department_stories"),
    re_path(
        r"^(?P<slug>[-\w]+)/chia-se-(?P<key>[0-9a-f]{16})\.jpg$",
        views.department_picture,
        name="department_share",
    ),
]
