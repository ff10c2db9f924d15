from django.urls import path

from shohay.web.office.enrolment import left_out, shown, views

urlpatterns = [
    path("enrolments/", views.enrolments, name="enrolments"),
    path("left-out/", left_out.left_out, name="left-out"),
    path("lists-shown/", shown.lists_shown, name="lists-shown"),
    path("lists-shown/record", shown.record, name="list-shown-record"),
    path("stops/", views.stops, name="stops"),
    path("enrolments/<int:pk>/stop", views.approve_stop, name="stop-approve"),
]
