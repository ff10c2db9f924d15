from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "shohay.stages.registry"
    verbose_name = "নিবন্ধন"
