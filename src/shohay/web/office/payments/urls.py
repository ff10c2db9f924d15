from django.urls import path

from shohay.web.office.payments import distribution, views

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
    path("distributions/", distribution.distributions, name="distributions"),
    path("distributions/open", distribution.open_distribution, name="distribution-open"),
    path("distributions/<int:pk>/", distribution.distribution, name="distribution"),
    path("distributions/<int:pk>/approve", distribution.approve, name="distribution-approve"),
    path("distributions/<int:pk>/list", distribution.take_list, name="distribution-list"),
    path("distributions/<int:pk>/record", distribution.record_file, name="distribution-record"),
    path("distributions/<int:pk>/close", distribution.close, name="distribution-close"),
    path("distributions/files/<int:pk>/", distribution.handover_file, name="handover-file"),
    path("rations/<int:pk>/", distribution.ration, name="ration"),
    path("rations/<int:pk>/record", distribution.record_ration, name="ration-record"),
    path("rations/<int:pk>/take-back", distribution.take_back, name="ration-back"),
]
