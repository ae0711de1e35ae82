"""Public addresses of signed files."""

from django.urls import path

from signing import views

app_name = "signing"
urlpatterns = [path("", views.check_file, name="check_file")]
