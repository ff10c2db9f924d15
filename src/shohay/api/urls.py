"""Addresses for machines. Open data needs no key; its figures are the public ones, small numbers left out. Sending
households in needs the token of an office."""

from django.urls import path

from shohay.api import description, intake, opendata

app_name = "api"

urlpatterns = [
    path("v1/openapi.json", description.openapi, name="openapi"),
    path("v1/intake/households", intake.households, name="intake-households"),
    path("v1/intake/uploads/<uuid:pk>", intake.upload, name="intake-upload"),
    path("v1/open/", opendata.index, name="open"),
    path("v1/open/<slug:name>.json", opendata.as_json, name="open-json"),
    path("v1/open/<slug:name>.csv", opendata.as_csv, name="open-csv"),
    path("v1/open/<slug:name>/metadata.json", opendata.metadata, name="open-metadata"),
]
