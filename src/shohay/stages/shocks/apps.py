from django.apps import AppConfig


class ShocksConfig(AppConfig):
    name = "shohay.stages.shocks"
    verbose_name = "দুর্যোগ"
