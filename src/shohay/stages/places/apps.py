from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "shohay.stages.places"
    verbose_name = "এলাকা"
