from django.urls import path

from shohay.web.office.coordination import views

urlpatterns = [path("plan/", views.plan, name="plan"), path("plan/<str:code>/", views.ministry, name="plan-ministry")]
