from django.urls import path

from shohay.web.office.verification import numbers, views

urlpatterns = [
    path("verification/", views.overview, name="verification"),
    path("verification/start", views.start, name="verification-start"),
    path("verification/<int:pk>/", views.run, name="verification-run"),
    path("verification/<int:pk>/go-on", views.go_on, name="verification-go-on"),
    path("verification/<int:pk>/cancel", views.cancel, name="verification-cancel"),
    path("findings/", views.findings, name="findings"),
    path("findings/<int:pk>/", views.finding, name="finding"),
    path("findings/<int:pk>/decide", views.decide, name="finding-decide"),
    path("people/<int:pk>/numbers/", numbers.numbers, name="person-numbers"),
    path("people/<int:pk>/numbers/add", numbers.add, name="person-number-add"),
    path("people/<int:pk>/numbers/withdraw", numbers.withdraw, name="person-number-withdraw"),
]
