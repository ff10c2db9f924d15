"""The guards that import-linter cannot give: each takes source text and returns what is wrong with it.

They are plain functions over text so that a test can plant a violation and see it caught.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

WRITES = {
    "save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "aupdate", "acreate", "adelete", "asave", "copy",
}  # fmt: skip
# a dict or set is updated and copied too: these names say that the thing is not a queryset or a model
PLAIN = {
    "dict",
    "set",
    "counts",
    "context",
    "headers",
    "hashlib",
    "digest",
    "shutil",
    "copy",
    "params",
    "environ",
    "totals",
}
CLOCKS = {"today", "now", "utcnow", "time", "monotonic", "perf_counter"}


def writes_outside_actions(source: str) -> list[str]:
    """Calls such as ``.save()`` or ``.objects.create()``: allowed in actions only (design.md, section 3)."""
    found = []
    for call in _calls(source):
        function = call.func
        if not isinstance(function, ast.Attribute) or function.attr not in WRITES:
            continue
        if function.attr in ("update", "copy", "delete", "save") and not _looks_like_model(function.value):
            continue
        found.append(f"line {call.lineno}: .{function.attr}()")
    return found


def _looks_like_model(value: ast.expr) -> bool:
    """``X.objects...update()`` or ``thing.save()`` on a queryset; not a dict, a hash or a file."""
    return ".objects" in ast.unparse(value)


def clock_reads(source: str) -> list[str]:
    """``date.today()``, ``datetime.now()``, ``time.time()``: core is told what day it is."""
    return [
        f"line {call.lineno}: {ast.unparse(call.func)}()"
        for call in _calls(source)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in CLOCKS
        and isinstance(call.func.value, (ast.Name, ast.Attribute))
        and ast.unparse(call.func.value).split(".")[-1] in ("date", "datetime", "time", "timezone")
    ]


def improper_actions(source: str) -> list[str]:
    """Public functions of an actions module that do not take keywords only, end in ``by`` and record an event.

    Recording may go through another action of the same module, which records.
    """
    tree = ast.parse(source)
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    recording = {name for name, node in functions.items() if "record" in _called_names(node)}
    while True:  # whoever calls a recording function records too
        more = {name for name, node in functions.items() if _called_names(node) & recording} - recording
        if not more:
            break
        recording |= more
    found = []
    for name, node in functions.items():
        if name.startswith("_"):
            continue
        keywords = [argument.arg for argument in node.args.kwonlyargs]
        if node.args.args or "by" not in keywords:
            found.append(f"line {node.lineno}: {name} must take keyword arguments only, with by=")
        if name not in recording:
            found.append(f"line {node.lineno}: {name} writes no audit event")
    return found


def foreign_keys_to_the_right(edges: Iterable[tuple[str, str]], order: list[str]) -> list[str]:
    """Foreign keys (stage of the model, stage it points to) against the direction of the data."""
    place = {stage: number for number, stage in enumerate(order)}
    return [f"{a} -> {b}" for a, b in edges if a in place and b in place and place[b] > place[a]]


def _calls(source: str) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))


def _called_names(function: ast.FunctionDef) -> set[str]:
    names = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            target = node.func
            names.add(target.id if isinstance(target, ast.Name) else getattr(target, "attr", ""))
    return names
