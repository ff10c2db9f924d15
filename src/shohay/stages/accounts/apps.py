from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "shohay.stages.accounts"
    verbose_name = "হিসাব"
