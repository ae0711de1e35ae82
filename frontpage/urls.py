"""Public addresses of frontpage."""

from django.urls import path

from frontpage import views

app_name = "frontpage"
urlpatterns = [
    path("", views.home, name="home"),
    path("tin-tieu-diem/", views.focus_stories, name="focus_stories"),
]
