"""What a person does for themselves, without signing in: what may I get, complain, follow a complaint."""

from django.urls import path

from shohay.web.citizen import complaint, may_i

app_name = "citizen"

urlpatterns = [
    path("may-i/", may_i.start, name="may-i"),
    path("may-i/summary", may_i.summary, name="may-i-summary"),
    path("may-i/answer", may_i.answers, name="may-i-answer"),
    path("may-i/forget", may_i.forget, name="may-i-forget"),
    path("may-i/<slug:name>/", may_i.question, name="may-i-question"),
    path("complaint/", complaint.about, name="complain"),
    path("complaint/where", complaint.where, name="complain-where"),
    path("complaint/details", complaint.details, name="complain-details"),
    path("complaint/check", complaint.check, name="complain-check"),
    path("complaint/receipt/", complaint.receipt, name="complain-receipt"),
    path("track/", complaint.track, name="track"),
]
