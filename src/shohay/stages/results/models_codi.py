"""CODI assessments: fields and their wording, rounds, what each assessor scored alone, and what was agreed."""

from django.db import models
from django.db.models import Q

LEVELS = ("system", "delivery", "programme")
SCORED = Q(score__gte=1, score__lte=4, without="") | Q(score__isnull=True) & ~Q(without="")


class Without(models.TextChoices):
    """Why a field has no score; both are counted and left out of the means."""

    NOT_APPLICABLE = "not_applicable"
    NO_EVIDENCE = "no_evidence"


class CodiField(models.Model):
    """One of the 37 fields under 10 criteria. ``document``: question, four levels, evidence, in both languages."""

    code = models.CharField(max_length=6, primary_key=True)  # "1.1"
    order = models.SmallIntegerField()
    criterion = models.SmallIntegerField()
    criterion_bn = models.CharField(max_length=120)
    criterion_en = models.CharField(max_length=120)
    name_bn = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    three = models.CharField(max_length=10)  # "1,2,2,3": where each of the four levels stands on Bangladesh's three
    indicators = models.CharField(max_length=120, blank=True)  # of the results framework: hints for evidence
    document = models.JSONField()


class CodiWording(models.Model):
    """A corrected wording of a field; the newest of a part holds. What stood before is never lost."""

    field = models.ForeignKey(CodiField, on_delete=models.PROTECT, related_name="wordings")
    part = models.CharField(max_length=20)  # name | question | level_1 .. level_4
    bn = models.TextField()
    en = models.TextField()
    reason = models.CharField(max_length=500)
    changed_by = models.CharField(max_length=150)
    changed_at = models.DateTimeField()


class CodiRound(models.Model):
    """One assessment: of the whole system, of delivery, or of a programme, for a year.

    scoring: assessors score alone, nobody sees another's; consensus: all are shown, a score is agreed for each field;
    closed: nothing changes any more.
    """

    class State(models.TextChoices):
        SCORING = "scoring"
        CONSENSUS = "consensus"
        CLOSED = "closed"

    level = models.CharField(max_length=10)
    programme = models.ForeignKey("programmes.Programme", null=True, on_delete=models.PROTECT, related_name="+")
    fiscal_year = models.CharField(max_length=7)
    scale = models.SmallIntegerField(default=4)  # ISPA's four levels, or Bangladesh's three
    state = models.CharField(max_length=10, choices=State.choices, default=State.SCORING)
    example = models.BooleanField(default=False)
    opened_by = models.CharField(max_length=150)
    opened_at = models.DateTimeField()
    consensus_by = models.CharField(max_length=150, blank=True)
    consensus_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=150, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["level", "programme", "fiscal_year"], nulls_distinct=False, name="results_codi_round_once"
            ),
            models.CheckConstraint(condition=Q(level__in=LEVELS), name="results_codi_level"),
            models.CheckConstraint(
                condition=Q(level="programme", programme__isnull=False)
                | Q(level__in=["system", "delivery"], programme__isnull=True),
                name="results_codi_programme",
            ),
            models.CheckConstraint(condition=Q(scale__in=[3, 4]), name="results_codi_scale"),
        ]


class CodiAssessor(models.Model):
    """Somebody invited to score a round."""

    round = models.ForeignKey(CodiRound, on_delete=models.PROTECT, related_name="assessors")
    username = models.CharField(max_length=150)
    invited_by = models.CharField(max_length=150)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "username"], name="results_codi_assessor_once")]


class CodiScore(models.Model):
    """What one assessor gives one field, with evidence and comment. Files hang on it as audit evidence."""

    round = models.ForeignKey(CodiRound, on_delete=models.PROTECT, related_name="scores")
    field = models.ForeignKey(CodiField, on_delete=models.PROTECT, related_name="+")
    assessor = models.CharField(max_length=150)
    score = models.SmallIntegerField(null=True)
    without = models.CharField(max_length=15, choices=Without.choices, blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    comment = models.CharField(max_length=1000, blank=True)
    scored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "field", "assessor"], name="results_codi_score_once"),
            models.CheckConstraint(condition=SCORED, name="results_codi_score_or_why"),
        ]


class CodiAgreed(models.Model):
    """The score of a field agreed in the consensus round, with the reason where assessors differed."""

    round = models.ForeignKey(CodiRound, on_delete=models.PROTECT, related_name="agreed")
    field = models.ForeignKey(CodiField, on_delete=models.PROTECT, related_name="+")
    score = models.SmallIntegerField(null=True)
    without = models.CharField(max_length=15, choices=Without.choices, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    agreed_by = models.CharField(max_length=150)
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "field"], name="results_codi_agreed_once"),
            models.CheckConstraint(condition=SCORED, name="results_codi_agreed_or_why"),
        ]


class CodiOption(models.Model):
    """A reform that would lift a low field: what, who, how urgent, and which promises of the action plan serve it."""

    class Priority(models.TextChoices):
        HIGH = "high"
        MEDIUM = "medium"
        LOW = "low"

    round = models.ForeignKey(CodiRound, on_delete=models.PROTECT, related_name="options")
    field = models.ForeignKey(CodiField, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=500)
    owner = models.ForeignKey("programmes.Ministry", on_delete=models.PROTECT, related_name="+")
    priority = models.CharField(max_length=6, choices=Priority.choices)
    actions = models.CharField(max_length=200, blank=True)  # codes of action items, as text: results knows no plan
    written_by = models.CharField(max_length=150)
    written_at = models.DateTimeField()
