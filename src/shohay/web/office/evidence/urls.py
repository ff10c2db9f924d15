from django.urls import path

from shohay.web.office.evidence import views

urlpatterns = [path("evidence/<int:pk>/", views.evidence, name="evidence")]
