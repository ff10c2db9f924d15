from django.urls import path

from shohay.web.office.registry import account, events, household, search, views

urlpatterns = [
    path("people/", search.people, name="people"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/open", views.open_person, name="person-open"),
    path("people/<int:pk>/reveal", views.reveal, name="person-reveal"),
    path("people/<int:pk>/grievance", views.file_grievance, name="person-grievance"),
    path("people/<int:pk>/stop", views.propose_stop, name="person-stop"),
    path("people/<int:pk>/death", views.record_death, name="person-death"),
    path("people/<int:pk>/account", account.account, name="person-account"),
    path("people/<int:pk>/account/propose", account.propose, name="person-account-propose"),
    path("accounts/", account.accounts, name="accounts"),
    path("accounts/<int:pk>/approve", account.approve, name="account-approve"),
    path("accounts/<int:pk>/refuse", account.refuse, name="account-refuse"),
    path("snapshots/", views.snapshots, name="snapshots"),
    path("snapshots/new", views.take_snapshot, name="snapshot-new"),
    path("households/<int:pk>/", household.page, name="household"),
    path("households/<int:pk>/open", household.open_record, name="household-open"),
    path("households/<int:pk>/event/<slug:kind>/", events.new, name="event-new"),
    path("events/", events.events, name="events"),
    path("events/<int:pk>/", events.event, name="event"),
    path("events/<int:pk>/evidence", events.evidence, name="event-evidence"),
    path("events/<int:pk>/approve", events.approve, name="event-approve"),
    path("events/<int:pk>/refuse", events.refuse, name="event-refuse"),
    path("events/<int:pk>/withdraw", events.withdraw, name="event-withdraw"),
]
