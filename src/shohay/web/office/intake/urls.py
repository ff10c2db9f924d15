from django.urls import path

from shohay.web.office.intake import views

urlpatterns = [
    path("uploads/", views.uploads, name="uploads"),
    path("uploads/new", views.new, name="upload-new"),
    path("uploads/template", views.template_file, name="upload-template"),
    path("uploads/<uuid:pk>/", views.upload, name="upload"),
    path("uploads/<uuid:pk>/import", views.start_import, name="upload-import"),
    path("uploads/<uuid:pk>/errors", views.errors_file, name="upload-errors"),
]
