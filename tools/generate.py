"""Documents made from the code: entity diagram, state diagrams, facts, the bilingual rulebook, permissions.

``generate.py`` writes docs/generated; ``generate.py --check`` says which of them no longer agree with the code.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "generated"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shohay.config.settings")


def entities() -> str:
    """Every model with its foreign keys as a Mermaid diagram, stage by stage."""
    from django.apps import apps

    lines = [
        "# Entities",
        "",
        "Foreign keys point left, to stages whose data comes first.",
        "",
        "```mermaid",
        "erDiagram",
    ]
    models = [model for model in apps.get_models() if model.__module__.startswith("shohay.stages.")]
    for model in models:
        label = f"{model._meta.app_label}_{model.__name__}"
        lines.append(f"  {label} {{")
        for field in model._meta.concrete_fields:
            kind = type(field).__name__.replace("Field", "")
            lines.append(f"    {kind} {field.name}")
        lines.append("  }")
    for model in models:
        for field in model._meta.concrete_fields:
            if field.many_to_one and field.related_model.__module__.startswith("shohay.stages."):
                target = f"{field.related_model._meta.app_label}_{field.related_model.__name__}"
                lines.append(f"  {target} ||--o{{ {model._meta.app_label}_{model.__name__} : {field.name}")
    return "\n".join([*lines, "```", ""])


def states() -> str:
    """The states that records go through, each with the words a person reads."""
    from django.apps import apps

    lines = ["# States", ""]
    for model in apps.get_models():
        if not model.__module__.startswith("shohay.stages."):
            continue
        for name, choices in sorted(vars(model).items()):
            if isinstance(choices, type) and hasattr(choices, "choices"):
                lines.append(f"## {model._meta.app_label}.{model.__name__}.{name}\n")
                moves = _moves(model) if name == "State" else {}
                if moves:
                    lines += ["```mermaid", "stateDiagram-v2"]
                    lines += [f"  {a} --> {b}" for a, targets in moves.items() for b in targets]
                    lines += ["```", ""]
                else:
                    lines += [f"- `{value}`" for value in choices.values] + [""]
    return "\n".join(lines)


def _moves(model: Any) -> Mapping[str, Iterable[str]]:
    """Which state may follow which, from the table that the actions read."""
    from shohay.core import ledger

    tables = {"Payment": ledger.PAYMENT_STATES, "Payroll": ledger.PAYROLL_STATES}
    return getattr(model, "MOVES", None) or tables.get(model.__name__, {})


def permissions() -> str:
    """Role by permission."""
    from shohay.stages.accounts.roles import PERMISSIONS

    roles = list(PERMISSIONS)
    every = sorted(set().union(*PERMISSIONS.values()))
    lines = ["# What each role may do", "", f"| permission | {' | '.join(roles)} |", "|---|" + "---|" * len(roles)]
    lines += [
        f"| {permission} | " + " | ".join("yes" if permission in PERMISSIONS[role] else "" for role in roles) + " |"
        for permission in every
    ]
    return "\n".join([*lines, ""])


def facts() -> str:
    from shohay.core.facts import render

    return render()


def rulebook(language: str) -> str:
    from shohay.policy.rulebook import render

    return render(language)


DOCUMENTS: dict[str, Callable[[], str]] = {
    "entities.md": entities,
    "states.md": states,
    "permissions.md": permissions,
    "facts.md": facts,
    "rulebook.bn.md": lambda: rulebook("bn"),
    "rulebook.en.md": lambda: rulebook("en"),
}


def main(check: bool) -> int:
    import django

    django.setup()
    FOLDER.mkdir(parents=True, exist_ok=True)
    stale = 0
    for name, make in DOCUMENTS.items():
        path, text = FOLDER / name, make()
        if path.exists() and path.read_text() == text:
            continue
        if check:
            print(f"docs/generated/{name} no longer agrees with the code; run `python tools/generate.py`")
            stale += 1
        else:
            path.write_text(text)
            print(f"wrote docs/generated/{name}")
    return stale


if __name__ == "__main__":
    sys.exit(bool(main("--check" in sys.argv)))
