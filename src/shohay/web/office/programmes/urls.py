from django.urls import path, re_path

from shohay.web.office.programmes import drafts, editing, measured, views

urlpatterns = [
    path("definitions/", views.definitions, name="definitions"),
    path("definitions/matrix/", views.matrix, name="definition-matrix"),
    path("definitions/<str:code>/", views.definition, name="definition"),
    path("definitions/<str:code>/cases/", views.definition_cases, name="definition-cases"),
    path("definitions/<str:code>/export", views.export, name="definition-export"),
    path("definitions/<str:code>/draft", drafts.start, name="rule-draft-start"),
    path("rule-drafts/", drafts.drafts, name="rule-drafts"),
    path("rule-drafts/new", drafts.start_new, name="rule-draft-new"),
    path("rule-drafts/import", drafts.import_file, name="rule-draft-import"),
    path("rule-drafts/<int:pk>/", drafts.draft, name="rule-draft"),
    path("rule-drafts/<int:pk>/difference/", drafts.difference, name="rule-draft-difference"),
    path("rule-drafts/<int:pk>/cases/", drafts.cases, name="rule-draft-cases"),
    path("rule-drafts/<int:pk>/file/", drafts.file, name="rule-draft-file"),
    path("rule-drafts/<int:pk>/export", drafts.export, name="rule-draft-export"),
    path("rule-drafts/<int:pk>/check", editing.check, name="rule-draft-check"),
    path("rule-drafts/<int:pk>/measured", measured.measured, name="rule-draft-measured"),
    path("rule-drafts/<int:pk>/criteria/", editing.criteria, name="rule-draft-criteria"),
    path("rule-drafts/<int:pk>/criterion/", editing.criterion, name="rule-draft-criterion"),
    path("rule-drafts/<int:pk>/part/<str:name>/", editing.part, name="rule-draft-part"),
    re_path(
        r"^rule-drafts/(?P<pk>\d+)/(?P<what>submit|take-back|publish|return|drop)$", drafts.decide,
        name="rule-draft-decide",
    ),
]  # fmt: skip
