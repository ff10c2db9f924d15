from django.urls import path

from shohay.web.office.enrolment import left_out, shown, transitions, views

urlpatterns = [
    path("enrolments/", views.enrolments, name="enrolments"),
    path("left-out/", left_out.left_out, name="left-out"),
    path("lists-shown/", shown.lists_shown, name="lists-shown"),
    path("lists-shown/record", shown.record, name="list-shown-record"),
    path("transitions/", transitions.transitions, name="transitions"),
    path("transitions/find", transitions.transitions_find, name="transitions-find"),
    path("transitions/<int:pk>/", transitions.transition_batch, name="transition-batch"),
    path("transitions/<int:pk>/approve", transitions.transitions_approve, name="transitions-approve"),
    path("transitions/<int:pk>/return", transitions.transitions_return, name="transitions-return"),
    path("stops/", views.stops, name="stops"),
    path("enrolments/<int:pk>/stop", views.approve_stop, name="stop-approve"),
]
