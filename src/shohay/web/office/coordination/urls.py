from django.urls import path

from shohay.web.office.coordination import items, over_time, reporting, sheets, views

urlpatterns = [
    path("plan/", views.plan, name="plan"),
    path("plan/items/", items.items, name="plan-items"),
    path("plan/items/<str:code>/", items.item, name="plan-item"),
    path("plan/items/<str:code>/report", reporting.report, name="plan-report"),
    path("plan/items/<str:code>/depends", items.depend, name="plan-depend"),
    path("plan/items/<str:code>/depends/<int:pk>/remove", items.undepend, name="plan-undepend"),
    path("plan/updates/", items.updates, name="plan-updates"),
    path("plan/updates/<int:pk>/verify", items.verify, name="plan-verify"),
    path("plan/updates/<int:pk>/return", items.send_back, name="plan-return"),
    path("plan/calendar/", over_time.calendar, name="plan-calendar"),
    path("plan/moved/", over_time.moved, name="plan-moved"),
    path("plan/reminders/", over_time.reminders, name="plan-reminders"),
    path("plan/reminders/now", over_time.remind, name="plan-remind"),
    path("plan/sheets/", sheets.sheets, name="plan-sheets"),
    path("plan/sheets/<int:pk>/", sheets.sheet, name="plan-sheet"),
    path("plan/sheets/<int:pk>/take", sheets.take, name="plan-sheet-take"),
    path("plan/template/<str:code>", sheets.template, name="plan-template"),
    path("plan/<str:code>/", views.ministry, name="plan-ministry"),
]
