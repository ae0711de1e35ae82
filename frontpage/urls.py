"""Public addresses of frontpage."""

from django.urls import URLPattern

app_name = "frontpage"
urlpatterns: list[URLPattern] = []
