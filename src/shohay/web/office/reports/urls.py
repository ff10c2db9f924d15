from django.urls import path

from shohay.web.office.reports import views

urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("reports/make", views.make, name="report-make"),
    path("reports/difference/", views.difference, name="report-difference"),
    path("reports/<int:pk>/", views.edition, name="report"),
    path("reports/<int:pk>/publish", views.publish, name="report-publish"),
    path("reports/<int:pk>/<str:name>", views.file, name="report-file"),
]
