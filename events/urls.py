"""Public addresses of events."""

from django.urls import path
from django.views.generic import TemplateView as Stub

app_name = "events"
urlpatterns = [
    path("", Stub.as_view(template_name="404.html"), name="event_list"),
    path("<slug:slug>/", Stub.as_view(template_name="404.html"), name="event_detail"),
]
