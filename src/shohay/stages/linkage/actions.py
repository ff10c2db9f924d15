"""Looking for second records, deciding about pairs, merging and undoing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from shohay.bulk.copying import copy_in
from shohay.bulk.linkage import LinkageSettings, link, rows_csv
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.linkage.models import LinkageRun, Merge, Pair
from shohay.stages.registry.actions import mark_duplicate
from shohay.stages.registry.models import Person, Snapshot

Progress = Callable[[str, int, int], None]

MATCHER = "matcher"  # who proposes the merges that the machine is sure of


def run_linkage(*, snapshot: Snapshot, by: Officer, progress: Progress | None = None) -> LinkageRun:
    """Match the snapshot's records: pairs, and merges of those above the link threshold, approved by the officer.

    Pairs that an earlier run found and somebody decided stay as they are; records merged already are not in a
    snapshot's names. Killed in the middle, nothing has changed. Raises Refusal snapshot_without_names.
    """
    by.require("run.start")
    started, shipped = timezone.now(), LinkageSettings.shipped()
    folder = settings.VAR / "work"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="linkage-") as work, transaction.atomic():
        linked = link(snapshot=Path(snapshot.path), out=Path(work), settings=shipped, progress=progress)
        run = LinkageRun.objects.create(
            snapshot=snapshot, settings_sha256=shipped.sha256, link_above=shipped.link_above,
            review_above=shipped.review_above, started_at=started, started_by=by.username,
        )  # fmt: skip
        with connection.cursor() as cursor:
            pairs, merges = rows_csv(linked, run.pk, Path(work))
            new = _load_pairs(cursor, pairs)
            merged = _load_merges(cursor, merges, by)
        run.counts = {**linked.counts, "new_pairs": new, "merged": merged}
        run.finished_at = timezone.now()
        run.save()
        record(action="linkage.run", by=by, subject=("linkage_run", run.pk), detail=run.counts)
    return run


def _load_pairs(cursor: Any, path: Path) -> int:
    """New pairs; one that is known keeps its decision. How many were new."""
    cursor.execute(
        "create temporary table pair_in (run_id bigint, left_id bigint, right_id bigint, area_code text,"
        " probability float8, evidence jsonb, band text) on commit drop"
    )
    columns = ["run_id", "left_id", "right_id", "area_code", "probability", "evidence", "band"]
    copy_in(cursor, "pair_in", columns, path)
    cursor.execute(
        "insert into linkage_pair"
        " (run_id, left_id, right_id, area_code, probability, evidence, band, decision, decided_by)"
        " select run_id, left_id, right_id, area_code, probability, evidence, band, '', '' from pair_in"
        " order by left_id, right_id on conflict (left_id, right_id) do nothing"
    )
    added = cursor.rowcount
    cursor.execute("drop table pair_in")
    return int(added)


def _load_merges(cursor: Any, path: Path, by: Officer) -> int:
    """Merges of the machine's groups, approved by the officer who ran it, unless somebody said 'different'."""
    cursor.execute("create temporary table merge_in (kept bigint, merged bigint) on commit drop")
    copy_in(cursor, "merge_in", ["kept", "merged"], path)
    cursor.execute(MERGE_IN, [MATCHER, by.username, timezone.now()])
    merged = cursor.rowcount
    cursor.execute(
        "update registry_person p set duplicate_of_id = m.kept_id from linkage_merge m"
        " where m.merged_id = p.id and m.undone_at is null and m.approved_by <> '' and p.duplicate_of_id is null"
    )
    cursor.execute("drop table merge_in")
    return int(merged)


MERGE_IN = """
insert into linkage_merge (kept_id, merged_id, pair_id, proposed_by, approved_by, approved_at, undone_by)
select i.kept, i.merged, p.id, %s, %s, %s, ''
from merge_in i
join registry_person k on k.id = i.kept and k.duplicate_of_id is null
join registry_person d on d.id = i.merged and d.duplicate_of_id is null
left join linkage_pair p on p.left_id = i.kept and p.right_id = i.merged
where not exists (select 1 from linkage_pair x where x.decision = 'different'
                  and (x.left_id = i.merged or x.right_id = i.merged))
  and not exists (select 1 from linkage_merge m where m.merged_id = i.merged)
  and not exists (select 1 from registry_person o where o.duplicate_of_id = i.merged)
order by i.kept, i.merged
"""


def decide_pair(*, pair: Pair, decision: str, reason: str, by: Officer) -> Merge | None:
    """Say that two records are one person ('same') or not ('different').

    'same' proposes a merge into the older record, which another officer approves. Raises Refusal decision_unknown,
    reason_missing, pair_decided, merge_open.
    """
    by.require("pair.decide", area=pair.area_code)
    if decision not in Pair.Decision.values:
        raise Refusal("decision_unknown")
    if not reason.strip():
        raise Refusal("reason_missing")
    with transaction.atomic():
        pair = Pair.objects.select_for_update().get(pk=pair.pk)
        if pair.decision:
            raise Refusal("pair_decided", decision=pair.decision)
        pair.decision, pair.decided_by, pair.decided_at = decision, by.username, timezone.now()
        pair.save(update_fields=["decision", "decided_by", "decided_at"])
        merge = _propose(pair, by) if decision == Pair.Decision.SAME else None
        record(
            action="pair.decided", by=by, subject=("pair", pair.pk), area_code=pair.area_code, reason=reason,
            detail={"decision": decision, "left": pair.left_id, "right": pair.right_id},
        )  # fmt: skip
    return merge


def _propose(pair: Pair, by: Officer) -> Merge:
    kept, merged = Person.objects.get(pk=pair.left_id), Person.objects.get(pk=pair.right_id)
    if Merge.objects.filter(merged=merged, undone_at__isnull=True).exists() or kept.duplicate_of_id is not None:
        raise Refusal("merge_open")
    return Merge.objects.create(kept=kept, merged=merged, pair=pair, proposed_by=by.username)


def approve_merge(*, merge: Merge, by: Officer) -> Merge:
    """Another officer agrees: from now on the second record counts as a duplicate. Raises same_person, wrong_state."""
    by.require("merge.approve", area=merge.merged.area_code)
    with transaction.atomic():
        merge = Merge.objects.select_for_update().select_related("kept", "merged").get(pk=merge.pk)
        if merge.proposed_by == by.username:
            raise Refusal("same_person")
        if merge.approved_by or merge.undone_at:
            raise Refusal("wrong_state", state="approved" if merge.approved_by else "undone")
        merge.approved_by, merge.approved_at = by.username, timezone.now()
        merge.save(update_fields=["approved_by", "approved_at"])
        mark_duplicate(person=merge.merged, of=merge.kept, reason=f"merge {merge.pk}", by=by)
        record(
            action="merge.approved", by=by, subject=("merge", merge.pk), area_code=merge.merged.area_code,
            detail={"kept": merge.kept_id, "merged": merge.merged_id, "proposed_by": merge.proposed_by},
        )  # fmt: skip
    return merge


def undo_merge(*, merge: Merge, reason: str, by: Officer) -> Merge:
    """Make both records stand on their own again; a merge not yet approved is withdrawn. Raises merge_undone."""
    by.require("merge.approve", area=merge.merged.area_code)
    if not reason.strip():
        raise Refusal("reason_missing")
    with transaction.atomic():
        merge = Merge.objects.select_for_update().select_related("merged").get(pk=merge.pk)
        if merge.undone_at:
            raise Refusal("merge_undone")
        merge.undone_by, merge.undone_at = by.username, timezone.now()
        merge.save(update_fields=["undone_by", "undone_at"])
        if merge.approved_by:
            mark_duplicate(person=merge.merged, of=None, reason=reason, by=by)
        record(
            action="merge.undone", by=by, subject=("merge", merge.pk), area_code=merge.merged.area_code, reason=reason,
            detail={"kept": merge.kept_id, "merged": merge.merged_id},
        )  # fmt: skip
    return merge
