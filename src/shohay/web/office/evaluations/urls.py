from django.urls import path

from shohay.web.office.evaluations import recommendations, views

urlpatterns = [
    path("evaluations/", views.evaluations, name="evaluations"),
    path("evaluations/new/", views.new, name="evaluation-new"),
    path("evaluations/frameworks/", recommendations.frameworks, name="frameworks"),
    path("evaluations/frameworks/record", recommendations.record, name="framework-record"),
    path("evaluations/frameworks/<int:pk>/verify", recommendations.verify, name="framework-verify"),
    path("evaluations/recommendations/", recommendations.recommendations, name="recommendations"),
    path("evaluations/recommendations/<int:pk>/", recommendations.recommendation, name="recommendation"),
    path("evaluations/recommendations/<int:pk>/respond", recommendations.respond, name="recommendation-respond"),
    path("evaluations/recommendations/<int:pk>/follow", recommendations.follow, name="recommendation-follow"),
    path("evaluations/recommendations/<int:pk>/check", recommendations.check, name="recommendation-check"),
    path("evaluations/<str:code>/", views.evaluation, name="evaluation"),
    path("evaluations/<str:code>/questions", views.set_questions, name="evaluation-questions"),
    path("evaluations/<str:code>/report", views.report, name="evaluation-report"),
    path("evaluations/<str:code>/start", views.start, name="evaluation-start"),
    path("evaluations/<str:code>/complete", views.complete, name="evaluation-complete"),
    path("evaluations/<str:code>/cancel", views.cancel, name="evaluation-cancel"),
    path("evaluations/<str:code>/finding", views.finding, name="evaluation-finding"),
    path("evaluations/<str:code>/recommend", views.recommend, name="evaluation-recommend"),
]
