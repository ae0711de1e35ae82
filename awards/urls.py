"""Public addresses of awards."""

from django.urls import path
from django.views.generic import TemplateView as Stub

app_name = "awards"
urlpatterns = [
    path("", Stub.as_view(template_name="404.html"), name="decision_list"),
    path("<slug:slug>/", Stub.as_view(template_name="404.html"), name="decision_detail"),
]
