from django.apps import AppConfig


class GrievanceConfig(AppConfig):
    name = "shohay.stages.grievance"
    verbose_name = "অভিযোগ"
