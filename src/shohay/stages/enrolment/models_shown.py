"""Lists of beneficiaries that were shown in public: what the openness of the programmes is counted from."""

from django.db import models
from django.db.models import Q


class ListShown(models.Model):
    """The list of a programme in a union was read out or put up on a day, with the file that proves it.

    The list itself is not kept here: in public it holds names, father's or husband's name, union and programme, never
    a number, a day of birth or an account. ``people`` are the beneficiaries of the union on that day.
    """

    class Way(models.TextChoices):
        OPEN_MEETING = "open_meeting"
        NOTICE_BOARD = "notice_board"
        ONLINE = "online"

    programme_code = models.CharField(max_length=20)
    area_code = models.CharField(max_length=12, db_collation="C")  # union or ward
    shown_on = models.DateField()
    way = models.CharField(max_length=12, choices=Way.choices)
    people = models.IntegerField()
    recorded_by = models.CharField(max_length=150)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["area_code", "programme_code"])]
        constraints = [
            models.UniqueConstraint(
                fields=["programme_code", "area_code", "shown_on", "way"], name="enrolment_list_shown_once"
            ),
            models.CheckConstraint(condition=Q(people__gt=0), name="enrolment_list_shown_people"),
        ]
