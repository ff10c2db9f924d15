from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "shohay.stages.coordination"
    verbose_name = "সমন্বয়"
