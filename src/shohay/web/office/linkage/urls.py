from django.urls import path

from shohay.web.office.linkage import views

urlpatterns = [
    path("duplicates/", views.pairs, name="pairs"),
    path("duplicates/search", views.search, name="pairs-search"),
    path("duplicates/<int:pk>/", views.pair, name="pair"),
    path("duplicates/<int:pk>/decide", views.decide, name="pair-decide"),
    path("merges/", views.merges, name="merges"),
    path("merges/<int:pk>/approve", views.approve, name="merge-approve"),
    path("merges/<int:pk>/undo", views.undo, name="merge-undo"),
]
