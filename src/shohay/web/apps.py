from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "shohay.web"
    label = "web"
