from django.urls import path

from shohay.web.office.targeting import allocations, area_facts, quotas, views

urlpatterns = [
    path("runs/", views.runs, name="runs"),
    path("runs/start", views.start_run, name="run-start"),
    path("runs/<int:pk>/", views.run, name="run"),
    path("runs/<int:pk>/lists", views.propose_lists, name="run-lists"),
    path("quotas/", quotas.quotas, name="quotas"),
    path("quotas/set", quotas.set_quota, name="quota-set"),
    path("quotas/allocation", quotas.allocation, name="quota-allocation"),
    path("quotas/allocate", quotas.allocate, name="quota-allocate"),
    path("allocations/", allocations.allocations, name="allocations"),
    path("allocations/new", allocations.allocation_new, name="allocation-new"),
    path("allocations/propose", allocations.allocation_propose, name="allocation-propose"),
    path("allocations/<int:pk>/", allocations.allocation, name="allocation"),
    path("allocations/<int:pk>/approve", allocations.allocation_approve, name="allocation-approve"),
    path("allocations/<int:pk>/return", allocations.allocation_return, name="allocation-return"),
    path("area-facts/", area_facts.area_facts, name="area-facts"),
    path("lists/", views.lists, name="lists"),
    path("lists/<int:pk>/", views.selection_list, name="list"),
    path("lists/<int:pk>/approve", views.approve_list, name="list-approve"),
    path("lists/<int:pk>/return", views.return_list, name="list-return"),
    path("lists/<int:pk>/enrol", views.enrol_list, name="list-enrol"),
]
