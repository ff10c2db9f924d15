from django.apps import AppConfig


class TargetingConfig(AppConfig):
    name = "shohay.stages.targeting"
    verbose_name = "বাছাই"
