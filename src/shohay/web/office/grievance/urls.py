from django.urls import path

from shohay.web.office.grievance import views

urlpatterns = [
    path("grievances/", views.grievances, name="grievances"),
    path("grievances/<str:number>/", views.grievance, name="grievance"),
    path("grievances/<str:number>/answer", views.answer, name="grievance-answer"),
    path("grievances/<str:number>/appeal", views.appeal, name="grievance-appeal"),
    path("grievances/<str:number>/close", views.close, name="grievance-close"),
    path("grievances/<str:number>/contact", views.contact, name="grievance-contact"),
]
