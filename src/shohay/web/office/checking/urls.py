from django.urls import path

from shohay.web.office.checking import views

urlpatterns = [
    path("checks/", views.checks, name="checks"),
    path("checks/new", views.new, name="check-new"),
    path("checks/difference/", views.difference, name="check-difference"),
    path("checks/<int:pk>/", views.check, name="check"),
]
