from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "shohay.stages.payments"
    verbose_name = "পরিশোধ"
