from django.urls import path

from shohay.web.office.quality import views, worklist

urlpatterns = [
    path("quality/", views.overview, name="quality"),
    path("quality/check", views.start_check, name="quality-check"),
    path("quality/rules/<slug:rule>/", views.rule, name="quality-rule"),
    path("quality/rules/<slug:rule>/tasks", views.open_tasks, name="quality-open"),
    path("quality/tasks/", worklist.tasks, name="quality-tasks"),
    path("quality/tasks/assign", worklist.assign, name="quality-assign"),
    path("quality/tasks/<int:pk>/", worklist.task, name="quality-task"),
    path("quality/tasks/<int:pk>/end", worklist.end, name="quality-end"),
]
