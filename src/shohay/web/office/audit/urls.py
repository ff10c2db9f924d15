from django.urls import path

from shohay.web.office.audit import views

urlpatterns = [path("audit/", views.log, name="audit"), path("audit/verify", views.verify, name="audit-verify")]
