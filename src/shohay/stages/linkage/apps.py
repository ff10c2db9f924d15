from django.apps import AppConfig


class LinkageConfig(AppConfig):
    name = "shohay.stages.linkage"
    verbose_name = "মিল"
