from django.urls import path

from shohay.web.office.results import reform, views

urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
    path("dashboard/reform/", reform.reform, name="reform"),
    path("dashboard/clusters/<slug:name>/", reform.cluster, name="dashboard-cluster"),
    path("dashboard/ministries/<str:code>/", reform.ministry, name="dashboard-ministry"),
    path("dashboard/districts/<str:code>/", reform.district, name="dashboard-district"),
    path("chain/", views.chain, name="chain"),
]
