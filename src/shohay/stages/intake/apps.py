from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "shohay.stages.intake"
    verbose_name = "গ্রহণ"
