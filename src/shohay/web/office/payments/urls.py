from django.urls import path

from shohay.web.office.payments import views

urlpatterns = [
    path("payrolls/", views.payrolls, name="payrolls"),
    path("cycles/open", views.open_cycle, name="cycle-open"),
    path("cycles/<int:pk>/prepare", views.prepare, name="payroll-prepare"),
    path("payrolls/<int:pk>/", views.payroll, name="payroll"),
    path("payrolls/<int:pk>/approve", views.approve, name="payroll-approve"),
    path("payrolls/<int:pk>/send", views.send, name="payroll-send"),
    path("payrolls/<int:pk>/answers", views.take_answers, name="payroll-answers"),
    path("payrolls/<int:pk>/reconcile", views.reconcile, name="payroll-reconcile"),
    path("returns/", views.returns, name="returns"),
    path("ledger/", views.ledger, name="ledger"),
]
