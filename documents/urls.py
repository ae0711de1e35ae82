"""Public addresses of documents."""

from django.urls import path
from django.views.generic import TemplateView as Stub

app_name = "documents"
urlpatterns = [
    path("", Stub.as_view(template_name="404.html"), name="document_list"),
    path("<slug:slug>/", Stub.as_view(template_name="404.html"), name="document_detail"),
]
