from django.urls import path

from shohay.web.office.intake import drafts, mapping, review, views

urlpatterns = [
    path("uploads/", views.uploads, name="uploads"),
    path("uploads/new", views.new, name="upload-new"),
    path("uploads/template", views.template_file, name="upload-template"),
    path("uploads/form", views.form_file, name="upload-form"),
    path("uploads/<uuid:pk>/columns", mapping.mapping, name="upload-mapping"),
    path("uploads/<uuid:pk>/changes", review.changes, name="upload-changes"),
    path("uploads/<uuid:pk>/changes/decide", review.decide, name="upload-changes-decide"),
    path("uploads/<uuid:pk>/declared", review.declared, name="upload-declared"),
    path("uploads/<uuid:pk>/declared/review", review.review, name="upload-declared-review"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/begin", drafts.begin, name="draft-begin"),
    path("drafts/<uuid:pk>/", drafts.draft, name="draft"),
    path("drafts/<uuid:pk>/part/<int:place>", drafts.part, name="draft-part"),
    path("drafts/<uuid:pk>/send", drafts.send, name="draft-send"),
    path("drafts/<uuid:pk>/drop", drafts.drop, name="draft-drop"),
    path("uploads/<uuid:pk>/", views.upload, name="upload"),
    path("uploads/<uuid:pk>/import", views.start_import, name="upload-import"),
    path("uploads/<uuid:pk>/errors", views.errors_file, name="upload-errors"),
]
