from django.urls import path

from shohay.web.office.programmes import views

urlpatterns = [
    path("definitions/", views.definitions, name="definitions"),
    path("definitions/<str:code>/", views.definition, name="definition"),
]
