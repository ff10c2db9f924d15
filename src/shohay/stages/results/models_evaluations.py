"""The register of evaluations: what was asked, what was found, what was recommended and what came of it."""

from django.db import models
from django.db.models import F, Q

from shohay.stages.programmes.models import Ministry, Programme


class Evaluation(models.Model):
    """One evaluation of a programme, of a ministry's programmes, or of the whole system (neither).

    ``source`` says where an evaluation of before this platform is written; '' for one registered here. Days that a
    source does not give stay empty, and ``period`` holds its words.
    """

    class Kind(models.TextChoices):
        MID_TERM = "mid_term"
        END_TERM = "end_term"
        THIRD_PARTY = "third_party"
        IMED = "imed"
        IMPACT = "impact"
        BASELINE = "baseline"
        DIAGNOSTIC = "diagnostic"

    class State(models.TextChoices):
        PLANNED = "planned"
        UNDER_WAY = "under_way"
        COMPLETED = "completed"
        CANCELLED = "cancelled"

    code = models.CharField(max_length=40, primary_key=True)  # NSSS-MTR-2020, EV-2026-001
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title_bn = models.CharField(max_length=250)
    title_en = models.CharField(max_length=250, blank=True)
    ministry = models.ForeignKey(Ministry, null=True, on_delete=models.PROTECT, related_name="evaluations")
    programme = models.ForeignKey(Programme, null=True, on_delete=models.PROTECT, related_name="evaluations")
    evaluator = models.CharField(max_length=250, blank=True)
    commissioned_by = models.CharField(max_length=250, blank=True)
    method_bn = models.TextField(blank=True)
    method_en = models.TextField(blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    period_bn = models.CharField(max_length=120, blank=True)
    period_en = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    completed_on = models.DateField(null=True)  # the day of the report
    note_bn = models.TextField(blank=True)
    note_en = models.TextField(blank=True)
    source = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=150)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="results_evaluation_period",
            ),
            models.CheckConstraint(
                condition=~Q(state="completed") | Q(completed_on__isnull=False) | ~Q(source=""),
                name="results_evaluation_completed",
            ),
        ]


class EvaluationQuestion(models.Model):
    """One question that the evaluation answers."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="questions")
    no = models.SmallIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["evaluation", "no"], name="results_evaluation_question_once")]


class Finding(models.Model):
    """What was found, to which question, and how strong the evidence for it is."""

    class Strength(models.TextChoices):
        STRONG = "strong"  # several independent sources, or a design that shows the cause
        MODERATE = "moderate"
        WEAK = "weak"
        UNKNOWN = "unknown"  # the report does not say

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="findings")
    question = models.ForeignKey(EvaluationQuestion, null=True, on_delete=models.PROTECT, related_name="findings")
    no = models.SmallIntegerField()
    text_bn = models.TextField()
    text_en = models.TextField(blank=True)
    strength = models.CharField(max_length=10, choices=Strength.choices)
    recorded_by = models.CharField(max_length=150)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["evaluation", "no"], name="results_finding_once")]


class Recommendation(models.Model):
    """What the evaluation asks for: who answers for it, what management said, how far it is."""

    class Response(models.TextChoices):
        NONE = "none"
        ACCEPTED = "accepted"
        PARTLY = "partly"
        REJECTED = "rejected"

    class State(models.TextChoices):
        OPEN = "open"  # no response yet, or accepted and not carried out
        REPORTED = "reported"
        VERIFIED = "verified"
        REJECTED = "rejected"

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="recommendations")
    no = models.SmallIntegerField()
    text_bn = models.TextField()
    text_en = models.TextField(blank=True)
    ministry = models.ForeignKey(Ministry, null=True, on_delete=models.PROTECT, related_name="+")  # owner
    office = models.CharField(max_length=200, blank=True)  # owner, where it is no ministry of the list
    due_on = models.DateField(null=True)
    response = models.CharField(max_length=10, choices=Response.choices, default=Response.NONE)
    response_text = models.TextField(blank=True)
    responded_by = models.CharField(max_length=150, blank=True)
    responded_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    reported_by = models.CharField(max_length=150, blank=True)
    reported_on = models.DateField(null=True)
    verified_by = models.CharField(max_length=150, blank=True)
    verified_on = models.DateField(null=True)
    recorded_by = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["state", "due_on"])]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "no"], name="results_recommendation_once"),
            models.CheckConstraint(
                condition=Q(ministry__isnull=False) | ~Q(office=""), name="results_recommendation_owned"
            ),
            models.CheckConstraint(
                condition=~Q(response__in=("partly", "rejected")) | ~Q(response_text=""),
                name="results_recommendation_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="verified") | (~Q(verified_by=F("reported_by")) & ~Q(verified_by="")),
                name="results_recommendation_four_eyes",
            ),
        ]


class RecommendationNote(models.Model):
    """What was done about a recommendation, and what came of the check."""

    class Kind(models.TextChoices):
        PROGRESS = "progress"
        REPORTED = "reported"
        RETURNED = "returned"
        VERIFIED = "verified"

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    note = models.TextField()
    recorded_by = models.CharField(max_length=150)
    recorded_at = models.DateTimeField(auto_now_add=True)


class ProgrammeFramework(models.Model):
    """A programme has an approved results framework: the document is its evidence, another officer has seen it."""

    programme = models.OneToOneField(Programme, on_delete=models.PROTECT, related_name="framework")
    approved_on = models.DateField()
    recorded_by = models.CharField(max_length=150)
    verified_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verified_by="") | ~Q(verified_by=F("recorded_by")), name="results_framework_four_eyes"
            )
        ]
