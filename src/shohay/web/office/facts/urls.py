from django.urls import path

from shohay.web.office.facts import views

urlpatterns = [
    path("facts/", views.facts, name="facts"),
    path("facts/measure", views.start, name="facts-measure"),
    path("facts/<slug:name>/", views.fact, name="fact"),
]
