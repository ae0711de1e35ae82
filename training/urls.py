"""Addresses of people's own pages."""

from django.urls import path

from training import views

app_name = "training"
urlpatterns = [
    path("<slug:code>/", views.ticket, name="ticket"),
    path("<slug:code>/y-kien/", views.opinion, name="opinion"),
    path("<slug:code>/tai-lieu/<int:pk>/", views.material, name="material"),
    path("<slug:code>/giay-xac-nhan.pdf", views.paper, name="paper"),
]
