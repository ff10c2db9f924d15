from django.urls import path

from shohay.web.office.lab import files, scenarios, views

urlpatterns = [
    path("lab/", views.lab, name="lab"),
    path("lab/new", views.new, name="lab-new"),
    path("lab/<int:pk>/", views.study, name="lab-study"),
    path("lab/<int:pk>/run", views.run, name="lab-run"),
    path("lab/<int:pk>/frame", views.frame, name="lab-frame"),
    path("lab/<int:pk>/save", views.save, name="lab-save"),
    path("lab/<int:pk>/copy", views.copy, name="lab-copy"),
    path("lab/<int:pk>/delete", views.delete, name="lab-delete"),
    path("lab/<int:pk>/file/<slug:kind>", files.file, name="lab-file"),
    path("lab/<int:pk>/add", scenarios.add, name="lab-add"),
    path("lab/<int:pk>/<int:number>/", scenarios.scenario, name="lab-scenario"),
    path("lab/<int:pk>/<int:number>/yaml", files.scenario, name="lab-yaml"),
    path("lab/<int:pk>/<int:number>/drop", scenarios.drop, name="lab-drop"),
    path("lab/<int:pk>/<int:number>/new", scenarios.new_programme, name="lab-programme"),
    path("lab/<int:pk>/<int:number>/try/<slug:code>", scenarios.attempt, name="lab-try"),
    path("lab/<int:pk>/<int:number>/<slug:code>/", scenarios.change, name="lab-change"),
]
