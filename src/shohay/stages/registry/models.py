"""People and households: the single registry.

Bulk loads fill these tables by COPY, so they carry the b-tree keys that a query needs and no others
(docs/adr/0006-bulk-loading.md). Codes and keys are collated "C": prefixes are ranges, whatever the database's locale.
Identity numbers and account numbers are sealed (AES-GCM) and found by keyed digest; see shohay.bulk.sealing.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from shohay.stages.intake.models import Upload


class Household(models.Model):
    """A dwelling unit with the facts that scores and rules read. Money in whole taka a year, land in decimals."""

    id = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=40)  # the number that the field form gives it
    area_code = models.CharField(max_length=12, db_collation="C")  # union or ward
    area_type = models.CharField(max_length=10)  # rural | urban | city
    address_bn = models.CharField(max_length=250, blank=True)
    rooms = models.SmallIntegerField(null=True)
    walls = models.CharField(max_length=10, blank=True)  # brick | tin | mud | straw
    has_television = models.BooleanField(null=True)
    fans = models.SmallIntegerField(null=True)
    mobile_phones = models.SmallIntegerField(null=True)
    has_vehicle = models.BooleanField(null=True)  # bicycle, motorcycle or car
    has_daily_labourer = models.BooleanField(null=True)
    homestead_decimals = models.FloatField(null=True)  # 100 decimals = 1 acre
    cultivable_decimals = models.FloatField(null=True)
    annual_income = models.BigIntegerField(null=True)  # of the household, taka
    disaster_hit = models.BooleanField(null=True)
    declared_programmes = models.JSONField(default=list)  # codes the household says it already receives
    fingerprint = models.BinaryField(null=True)  # 16 bytes over all rows of the file: the same household come again
    upload = models.ForeignKey(Upload, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    version = models.IntegerField(db_default=0)  # counts writes by officers: a form carries the one that it saw
    closed_on = models.DateField(null=True)  # nobody lives in it from this day on

    class Meta:
        indexes = [models.Index(fields=["upload", "id"])]  # what came from this file
        constraints = [models.UniqueConstraint(fields=["area_code", "reference"], name="registry_household_once")]


class Person(models.Model):
    """A person as the registry knows them today."""

    id = models.BigAutoField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members", db_index=False)
    area_code = models.CharField(max_length=12, db_collation="C")  # that of the household: row security reads it
    line_no = models.SmallIntegerField()  # place on the household form; 1 is the head
    relation = models.CharField(max_length=20)  # head | spouse | child | parent | other ...
    name_bn = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    name_key = models.CharField(
        max_length=120, db_collation="C"
    )  # shohay.core.bangla.name_key: spelling variants share it
    father_name = models.CharField(max_length=300, blank=True)
    mother_name = models.CharField(max_length=300, blank=True)
    sex = models.CharField(max_length=6)  # male | female | hijra
    birth_date = models.DateField(null=True)
    birth_date_approximate = models.BooleanField(default=False)
    marital_status = models.CharField(max_length=12, blank=True)  # never | married | widowed | divorced | separated
    marriage_ended_on = models.DateField(null=True)
    disability = models.CharField(max_length=20, blank=True)  # kind, '' = none, 'unknown'
    disability_card = models.BooleanField(null=True)  # Suborno Nagorik card / DIS registration
    is_pregnant = models.BooleanField(null=True)
    pregnancy_month = models.SmallIntegerField(null=True)
    pregnancy_order = models.SmallIntegerField(null=True)
    has_anc_card = models.BooleanField(null=True)
    school_level = models.CharField(max_length=20, blank=True)  # none | pre_primary | primary | secondary | higher
    school_class = models.SmallIntegerField(null=True)
    school_listed = models.BooleanField(null=True)  # a school that the stipend programme lists
    occupation = models.CharField(max_length=20, blank=True)
    annual_income = models.BigIntegerField(null=True)  # own income, taka
    government_salary = models.BooleanField(null=True)
    government_pension = models.BooleanField(null=True)
    permanent_resident = models.BooleanField(null=True)
    community = models.CharField(max_length=20, blank=True)  # hijra, bede, tea ... where the person says so
    freedom_fighter = models.CharField(max_length=20, blank=True, default="", db_default="")  # of the gazette
    serious_illness = models.CharField(max_length=20, blank=True, default="", db_default="")  # that a doctor certified
    death_date = models.DateField(null=True)
    duplicate_of = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="duplicates", db_index=False
    )
    upload = models.ForeignKey(Upload, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            # search: whole names anywhere by the first, beginnings of names inside an area by the second
            models.Index(fields=["name_key", "area_code"], name="registry_person_name"),
            models.Index(fields=["area_code", "name_key"]),
            models.Index(fields=["household", "line_no"]),
            models.Index(
                fields=["duplicate_of"], condition=Q(duplicate_of__isnull=False), name="registry_person_duplicates"
            ),
        ]


class Membership(models.Model):
    """Who lived in which household when, as known today; one open row a person (by the million: b-tree).

    Two rows of one person never share a day: closed ones by an exclusion key over them alone (a bulk load makes none),
    an open one against the closed by a trigger that bulk loads do not fire (migration 0005).
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships", db_index=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="memberships", db_index=False)
    relation = models.CharField(max_length=20)
    valid_from = models.DateField(null=True)  # NULL: nobody wrote down since when
    valid_to = models.DateField(null=True)

    class Meta:
        indexes = [  # the open row of a person is found by its unique key, the few closed ones by these
            models.Index(fields=["person"], condition=Q(valid_to__isnull=False), name="registry_membership_closed"),
            models.Index(fields=["household"], condition=Q(valid_to__isnull=False), name="registry_membership_left"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(valid_to__isnull=True), name="registry_membership_open_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=models.F("valid_from")),
                name="registry_membership_forward",
            ),
        ]


class Identity(models.Model):
    """An identity number of a person: sealed, found by digest, its kind always explicit. Never changed: a wrong one is
    withdrawn and the right one added, so an answer about it stays an answer about it."""

    class Kind(models.TextChoices):
        NID10 = "nid10"
        NID13 = "nid13"
        NID17 = "nid17"
        BRN17 = "brn17"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identities", db_index=False)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    sealed = models.BinaryField()
    digest = models.BinaryField()  # 16 bytes; not unique: two records with one number are a finding, not an error
    recorded_at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True)  # who did it and why stands in the audit log

    class Meta:
        indexes = [
            models.Index(fields=["digest"]),
            models.Index(
                fields=["person"], condition=Q(withdrawn_at__isnull=False), name="registry_identity_withdrawn"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(withdrawn_at__isnull=True), name="registry_identity_kind_once"
            )
        ]


class Account(models.Model):
    """Where money can be sent: a wallet or a bank account; also the phone."""

    class Kind(models.TextChoices):
        MFS = "mfs"
        BANK = "bank"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="accounts", db_index=False)
    kind = models.CharField(max_length=4, choices=Kind.choices)
    provider = models.CharField(max_length=20)  # bkash | nagad | rocket | upay | bank code
    routing_number = models.CharField(max_length=9, blank=True)
    sealed = models.BinaryField()
    digest = models.BinaryField()
    holder_name = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["digest"]),
            models.Index(fields=["person"], condition=Q(valid_to__isnull=False), name="registry_account_closed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(valid_to__isnull=True), name="registry_account_open_once"
            )
        ]


class NameWord(models.Model):
    """The phonetic keys of the words that names are made of: a few thousand, for finding a misspelt word."""

    key = models.CharField(max_length=60, primary_key=True, db_collation="C")


class Snapshot(models.Model):
    """A dated, immutable set of Parquet files under VAR/snapshots/<sha256>, the input of every run."""

    sha256 = models.CharField(max_length=64, unique=True)
    path = models.CharField(max_length=250)
    as_of = models.DateField()
    counts = models.JSONField(default=dict)  # rows of each table
    taken_at = models.DateTimeField(auto_now_add=True)
    taken_by = models.CharField(max_length=150)


from shohay.stages.registry import (  # noqa: E402 - the rest of the stage's models
    models_accounts,  # noqa: F401
    models_consent,  # noqa: F401
    models_declared,  # noqa: F401
    models_facts,  # noqa: F401
    models_history,  # noqa: F401
    models_quality,  # noqa: F401
    models_verification,  # noqa: F401
)
