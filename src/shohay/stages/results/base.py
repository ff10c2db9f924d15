"""The counts that figures are made of, read from the stages by upazila: one query for each name."""

from __future__ import annotations

import pyarrow as pa
from django.conf import settings
from django.utils import timezone

from shohay.bulk import indicators
from shohay.bulk.copying import CopyCursor, copy_out
from shohay.stages.programmes import definitions as catalogue
from shohay.stages.targeting.models import Run

ALIVE = "p.duplicate_of_id is null and p.death_date is null"

# name, area_code, programme_code, grp, value, persons: see shohay.bulk.indicators
QUERIES = (
    # people and households of the registry
    f"""select 'persons', left(p.area_code, 6), '', 'sex:' || p.sex, count(*), count(*)
        from registry_person p where {ALIVE} group by 2, 4""",
    """select 'households', left(area_code, 6), '', '', count(*), count(*) from registry_household group by 2""",
    """select 'duplicates', left(area_code, 6), '', '', count(*), count(*)
        from registry_person where duplicate_of_id is not null group by 2""",
    # who asked
    """select 'applied', left(area_code, 6), programme_code, '', count(*), count(*)
        from targeting_application group by 2, 3""",
    # who was selected in the newest determination
    """select 'selected', upazila_code, programme_code, '', count(*), count(*)
        from targeting_decision where selected and run_id = (select max(id) from targeting_run) group by 2, 3""",
    # who is on a programme today: enrolments, and people whatever the number of their benefits
    """select 'enrolled', left(e.area_code, 6), e.programme_code, 'sex:' || p.sex, count(*), count(distinct e.person_id)
        from enrolment_enrolment e join registry_person p on p.id = e.person_id
        where e.state = 'active' and e.valid @> {today} group by 2, 3, 4""",
    """select 'beneficiaries', left(e.area_code, 6), '', 'sex:' || p.sex, count(distinct e.person_id),
              count(distinct e.person_id)
        from enrolment_enrolment e join registry_person p on p.id = e.person_id
        where e.state = 'active' and e.valid @> {today} group by 2, 4""",
    # money
    """select 'payments', left(area_code, 6), programme_code, 'state:' || state, count(*), count(distinct person_id)
        from payments_payment group by 2, 3, 4""",
    """select 'payment_poisha', left(area_code, 6), programme_code, 'state:' || state, sum(amount_poisha),
              count(distinct person_id)
        from payments_payment group by 2, 3, 4""",
    """select 'returns', left(area_code, 6), programme_code, 'reason:' || coalesce(nullif(reason_code, ''), 'none'),
              count(*), count(distinct person_id)
        from payments_payment where state in ('rejected', 'returned') group by 2, 3, 4""",
    # goods: lists that are being handed over or closed; what was given, and what of it is left
    """select 'rations', left(r.area_code, 6), r.programme_code, 'state:' || r.state, count(*),
              count(distinct r.person_id)
        from payments_ration r join payments_distribution d on d.id = r.distribution_id
        where d.state <> 'prepared' group by 2, 3, 4""",
    """select 'ration_grams', left(r.area_code, 6), r.programme_code, 'state:' || part.name, sum(part.grams),
              count(distinct r.person_id)
        from payments_ration r join payments_distribution d on d.id = r.distribution_id
        cross join lateral (values ('given', r.given_grams), ('left', r.grams - r.given_grams)) as part (name, grams)
        where d.state <> 'prepared' and part.grams > 0 group by 2, 3, 4""",
    # complaints against their day: answered in time, answered late, still open within the day, late and open
    """select 'grievances', left(g.area_code, 6), g.programme_code,
              'clock:' || case when r.first is null and g.due_on >= {today} then 'open'
                               when r.first is null then 'late_open'
                               when r.first <= g.due_on then 'in_time' else 'late' end,
              count(*), count(*)
        from grievance_grievance g
        left join (select grievance_id, min((answered_at at time zone 'Asia/Dhaka')::date) as first
                   from grievance_reply group by 1) r on r.grievance_id = g.id
        group by 2, 3, 4""",
)


def counts(cursor: CopyCursor) -> pa.Table:
    """All base counts of the database today, as ``indicators.SCHEMA``."""
    today = f"date '{timezone.localdate().isoformat()}'"
    parts = " union all ".join(f"({query})" for query in QUERIES).replace("{today}", today)
    return copy_out(cursor, parts, indicators.SCHEMA)


def eligible() -> pa.Table:
    """Who met every criterion in the newest determination, by upazila; empty before the first one."""
    run = Run.objects.order_by("-id").first()
    if run is None or not (settings.VAR / run.result_path).is_dir():
        return indicators.SCHEMA.empty_table()
    found = [catalogue.definition_of(code, sha256) for code, sha256 in sorted(run.definitions.items())]
    units: dict[str, str] = {document.code: document.unit for document in found if document is not None}
    return indicators.eligible_by_area(settings.VAR / run.result_path, units)
