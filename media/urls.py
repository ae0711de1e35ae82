"""Public addresses of media."""

from django.urls import re_path

from media import views

app_name = "media"
urlpatterns = [
    re_path(
        r"^anh/(?P<content_hash>[0-9a-f]{64})/(?P<width>[1-9][0-9]{0,4})\.(?P<extension>avif|jpg)$",
        views.photo_file,
        name="photo_file",
    ),
]
