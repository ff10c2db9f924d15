from django.urls import path

from shohay.web.office.accounts import views

urlpatterns = [
    path("", views.home, name="home"),
    path("role", views.switch_role, name="role"),
    path("work/<int:pk>", views.work, name="work"),
]
