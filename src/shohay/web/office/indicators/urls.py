from django.urls import path

from shohay.web.office.indicators import files, reporting, views

urlpatterns = [
    path("indicators/", views.scoreboard, name="indicators"),
    path("indicators/missing/", reporting.missing, name="indicators-missing"),
    path("indicators/files/<slug:kind>/", files.files, name="indicators-file"),
    path("indicators/compute/", views.compute, name="indicators-compute"),
    path("indicators/reported/", reporting.queue, name="indicator-queue"),
    path("indicators/reported/<int:pk>/", reporting.submission, name="indicator-submission"),
    path("indicators/reported/<int:pk>/verify/", reporting.verify, name="indicator-verify"),
    path("indicators/reported/<int:pk>/return/", reporting.return_, name="indicator-return"),
    path("indicators/<str:code>/", views.indicator, name="indicator"),
    path("indicators/<str:code>/lineage/", views.lineage, name="indicator-lineage"),
    path("indicators/<str:code>/submit/", reporting.submit, name="indicator-submit"),
    path("indicators/<str:code>/target/", views.target, name="indicator-target"),
]
