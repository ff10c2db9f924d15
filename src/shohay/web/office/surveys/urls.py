from django.urls import path

from shohay.web.office.surveys import views

urlpatterns = [
    path("surveys/", views.surveys, name="surveys"),
    path("surveys/new", views.new, name="survey-new"),
    path("surveys/sample", views.sample, name="survey-sample"),
    path("surveys/compare", views.compare, name="survey-compare"),
    path("surveys/<int:pk>/", views.survey, name="survey"),
    path("surveys/<int:pk>/findings", views.findings, name="survey-findings"),
    path("surveys/<int:pk>/estimate", views.estimate, name="survey-estimate"),
]
