"""Background steps: one file each; it picks the adapter and calls the action as the officer who asked.

Importing this package makes every step known to the worker and to the queue (settings.PROCRASTINATE_IMPORT_PATHS).
"""

from shohay.jobs import (
    check_quality,
    compute_figures,
    compute_indicators,
    decide_changes,
    determine,
    errors_file,
    estimate_survey,
    export_list,
    find_duplicates,
    import_file,
    make_report,
    measure_facts,
    prepare_distributions,
    prepare_payroll,
    remind_ministries,
    score_drift,
    send_again,
    send_files,
    simulate,
    take_answers,
    take_snapshot,
    train_score,
    upkeep,
    verify,
)
from shohay.jobs.running import start

__all__ = [
    "check_quality", "compute_figures", "compute_indicators", "decide_changes", "determine", "errors_file",
    "estimate_survey", "export_list", "find_duplicates", "import_file", "make_report", "measure_facts",
    "prepare_distributions", "prepare_payroll", "remind_ministries", "score_drift", "send_again", "send_files",
    "simulate", "start",
    "take_answers", "take_snapshot", "train_score", "upkeep", "verify",
]  # fmt: skip
