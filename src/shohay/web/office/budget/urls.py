from django.urls import path

from shohay.web.office.budget import dli, entry, views

urlpatterns = [
    path("budget/", views.overview, name="budget"),
    path("budget/series/", views.series, name="budget-series"),
    path("budget/performance/", views.performance, name="budget-performance"),
    path("budget/lines/", entry.lines, name="budget-lines"),
    path("budget/lines/new/", entry.new, name="budget-new"),
    path("budget/lines/import", entry.import_sheet, name="budget-import"),
    path("budget/lines/errors", entry.errors, name="budget-errors"),
    path("budget/lines/template", entry.template, name="budget-template"),
    path("budget/lines/verify", entry.verify, name="budget-verify"),
    path("budget/lines/<int:pk>/refuse", entry.refuse, name="budget-refuse"),
    path("dli/", dli.ledger, name="dlis"),
    path("dli/<str:code>/", dli.indicator, name="dli"),
    path("dli/<str:code>/terms", dli.terms, name="dli-terms"),
    path("dli/<str:code>/claim", dli.claim, name="dli-claim"),
    path("dli/claims/<int:pk>/verify", dli.verify, name="dli-verify"),
    path("dli/claims/<int:pk>/pay", dli.pay, name="dli-pay"),
]
