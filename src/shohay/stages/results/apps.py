from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "shohay.stages.results"
    verbose_name = "ফলাফল"
