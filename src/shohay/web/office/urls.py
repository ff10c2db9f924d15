"""Every address of the office, in the order of the data. Names are flat: ``office:people``, ``office:payroll`` ..."""

from django.urls import include, path

app_name = "office"

urlpatterns = [
    path("", include("shohay.web.office.accounts.urls")),
    path("", include("shohay.web.office.intake.urls")),
    path("", include("shohay.web.office.registry.urls")),
    path("", include("shohay.web.office.rights.urls")),
    path("", include("shohay.web.office.quality.urls")),
    path("", include("shohay.web.office.verification.urls")),
    path("", include("shohay.web.office.linkage.urls")),
    path("", include("shohay.web.office.programmes.urls")),
    path("", include("shohay.web.office.scores.urls")),
    path("", include("shohay.web.office.facts.urls")),
    path("", include("shohay.web.office.targeting.urls")),
    path("", include("shohay.web.office.enrolment.urls")),
    path("", include("shohay.web.office.payments.urls")),
    path("", include("shohay.web.office.grievance.urls")),
    path("", include("shohay.web.office.results.urls")),
    path("", include("shohay.web.office.surveys.urls")),
    path("", include("shohay.web.office.lab.urls")),
    path("", include("shohay.web.office.indicators.urls")),
    path("", include("shohay.web.office.coordination.urls")),
    path("", include("shohay.web.office.committees.urls")),
    path("", include("shohay.web.office.evaluations.urls")),
    path("", include("shohay.web.office.reports.urls")),
    path("", include("shohay.web.office.checking.urls")),
    path("", include("shohay.web.office.budget.urls")),
    path("", include("shohay.web.office.codi.urls")),
    path("", include("shohay.web.office.audit.urls")),
    path("", include("shohay.web.office.evidence.urls")),
]
