from django.urls import path

from shohay.web.office.rights import views

urlpatterns = [
    path("people/<int:pk>/rights/", views.rights, name="rights"),
    path("people/<int:pk>/sheet", views.sheet, name="rights-sheet"),
    path("people/<int:pk>/notice", views.give_notice, name="rights-notice"),
    path("people/<int:pk>/correction", views.ask_correction, name="rights-correction"),
    path("corrections/", views.corrections, name="corrections"),
    path("corrections/<int:pk>/", views.correction, name="correction"),
    path("corrections/<int:pk>/take-up", views.take_up, name="correction-take-up"),
    path("corrections/<int:pk>/refuse", views.refuse, name="correction-refuse"),
]
