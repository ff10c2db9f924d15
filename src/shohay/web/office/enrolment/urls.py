from django.urls import path

from shohay.web.office.enrolment import views

urlpatterns = [
    path("enrolments/", views.enrolments, name="enrolments"),
    path("stops/", views.stops, name="stops"),
    path("enrolments/<int:pk>/stop", views.approve_stop, name="stop-approve"),
]
