from django.apps import AppConfig


class EnrolmentConfig(AppConfig):
    name = "shohay.stages.enrolment"
    verbose_name = "তালিকাভুক্তি"
