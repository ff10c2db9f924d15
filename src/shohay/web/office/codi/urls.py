from django.urls import path

from shohay.web.office.codi import scoring, views

urlpatterns = [
    path("codi/", views.rounds, name="codis"),
    path("codi/open", views.open_round, name="codi-open"),
    path("codi/<int:pk>/", views.assessment, name="codi"),
    path("codi/<int:pk>/invite", views.invite, name="codi-invite"),
    path("codi/<int:pk>/consensus", views.consensus, name="codi-consensus"),
    path("codi/<int:pk>/unanimous", views.unanimous, name="codi-unanimous"),
    path("codi/<int:pk>/close", views.close, name="codi-close"),
    path("codi/<int:pk>/<str:code>/", scoring.field, name="codi-field"),
    path("codi/<int:pk>/<str:code>/score", scoring.score, name="codi-score"),
    path("codi/<int:pk>/<str:code>/agree", scoring.agree, name="codi-agree"),
    path("codi/<int:pk>/<str:code>/option", scoring.option, name="codi-option"),
    path("codi/<int:pk>/<str:code>/wording", scoring.wording, name="codi-wording"),
]
