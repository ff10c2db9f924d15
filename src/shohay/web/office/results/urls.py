from django.urls import path

from shohay.web.office.results import views

urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
    path("chain/", views.chain, name="chain"),
]
