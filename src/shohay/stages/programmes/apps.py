from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "shohay.stages.programmes"
    verbose_name = "কর্মসূচি"
