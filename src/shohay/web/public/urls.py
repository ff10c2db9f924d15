"""Public pages: home, programmes, national figures, action plan, open data."""

from django.urls import path

from shohay.web.public import dashboard, indicators, reports, views

app_name = "public"

urlpatterns = [
    path("", views.home, name="home"),
    path("programmes/", views.programmes, name="programmes"),
    path("programmes/<str:code>/", views.programme, name="programme"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/description.json", indicators.description, name="indicators-description"),
    path("indicators/<str:code>/", indicators.indicator, name="indicator"),
    path("plan/", views.plan, name="plan"),
    path("sources/", views.sources, name="sources"),
    path("data/", views.data, name="data"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:pk>/<str:name>", reports.file, name="report-file"),
    path("boundaries/<slug:level>.geojson", views.boundaries, name="boundaries"),
]
