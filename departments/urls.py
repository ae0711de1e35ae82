"""Public addresses of departments."""

from django.urls import path
from django.views.generic import TemplateView as Stub

app_name = "departments"
urlpatterns = [
    path("", Stub.as_view(template_name="404.html"), name="department_list"),
    path("<slug:slug>/", Stub.as_view(template_name="404.html"), name="department_detail"),
]
