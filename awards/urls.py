"""Public addresses of awards."""

from django.urls import path, re_path

from awards import views

app_name = "awards"
urlpatterns = [
    path("", views.decision_list, name="decision_list"),
    path("bang.csv", views.decision_table, name="decision_table"),
    path("quyet-dinh/<slug:slug>/", views.decision_detail, name="decision_detail"),
    path("xac-minh/", views.verify, name="verify"),
    path("xac-minh/<str:code>/", views.verify_code, name="verify_code"),
    re_path(
        r"^quyet-dinh/(?P<slug>[-\w]+)/chia-se-(?P<key>[0-9a-f]{16})\.jpg$",
        views.decision_picture,
        name="decision_share",
    ),
]
