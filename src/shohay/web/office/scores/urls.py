from django.urls import path

from shohay.web.office.scores import household, making, views

urlpatterns = [
    path("scores/", views.scores, name="scores"),
    path("scores/new", making.install, name="score-new"),
    path("scores/train", making.train, name="score-train"),
    path("scores/drift", views.drift, name="score-drift"),
    path("scores/drift/compute", making.compute_drift, name="score-drift-compute"),
    path("scores/due", household.due, name="score-due"),
    path("scores/due/<str:area>", household.due_in, name="score-due-area"),
    path("scores/<int:pk>/", views.score, name="score"),
    path("scores/<int:pk>/activate", making.activate, name="score-activate"),
    path("scores/<int:pk>/document", views.document, name="score-document"),
    path("scores/<int:pk>/card", views.card, name="score-card"),
    path("households/<int:pk>/score", household.score, name="household-score"),
]
