from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "shohay.stages.audit"
    verbose_name = "নিরীক্ষা"
