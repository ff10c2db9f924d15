from django.urls import path

from shohay.web.office.accounts import views
from shohay.web.public import signin

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in", signin.sign_in, name="sign-in"),
    path("sign-out", signin.sign_out, name="sign-out"),
    path("role", signin.switch_role, name="role"),
    path("work/<int:pk>", views.work, name="work"),
    path("work/<int:pk>/cancel", views.cancel_work, name="work-cancel"),
    path("work/<int:pk>/file", views.work_file, name="work-file"),
]
