"""Public addresses of this room, below the addresses of events."""

from django.urls import path

from daybook import views

app_name = "daybook"
urlpatterns = [
    path("<slug:slug>/tai-lieu/<int:pk>/", views.material_file, name="material_file"),
]
