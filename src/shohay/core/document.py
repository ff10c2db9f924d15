"""Reading documents written as YAML, strictly, and filling their sentences.

Only maps, lists, texts, numbers, true/false, null and dates; no tags, no aliases (an alias of an alias can fill
the memory), no key twice. The words on, off, yes and no stay words.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from typing import Any

import rfc8785
import yaml

from shohay.core.messages import Refusal

MAX_SIZE, MAX_DEPTH = 400_000, 20
TO_BANGLA = {latin: chr(bangla) for latin, bangla in zip(range(48, 58), range(0x9E6, 0x9F0), strict=True)}


try:
    from yaml import CSafeLoader as _Safe  # ten times as fast, and the same answers
except ImportError:  # a PyYAML that was built without libyaml
    from yaml import SafeLoader as _Safe  # type: ignore[assignment]  # one name for either


class _Loader(_Safe):
    """PyYAML's safe loader with fewer surprises."""


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:bool"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str) or key in made:
            raise yaml.YAMLError(f"line {key_node.start_mark.line + 1}: key {key!r} is not a text or stands twice")
        made[key] = loader.construct_object(value_node, deep=True)
    return made


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read(text: str) -> dict[str, Any]:
    """The map that ``text`` holds; raises Refusal('definition_unreadable')."""
    if len(text) > MAX_SIZE:
        raise Refusal("definition_unreadable", why=f"longer than {MAX_SIZE} letters")
    try:
        depth = 0
        for event in yaml.parse(text, Loader=_Safe):
            opens = isinstance(event, yaml.CollectionStartEvent)
            depth += opens - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent) or depth > MAX_DEPTH:
                raise yaml.YAMLError("aliases and deep nesting are not allowed")
        whole = yaml.load(text, Loader=_Loader)  # a safe loader with less in it
    except (yaml.YAMLError, ValueError, RecursionError) as wrong:
        raise Refusal("definition_unreadable", why=" ".join(str(wrong).split())[:200]) from None
    if not isinstance(whole, dict):
        raise Refusal("definition_unreadable", why="the document is not a map")
    return whole


def plain(value: Any) -> Any:
    """The same document with dates as ISO texts: what JSON can hold."""
    if isinstance(value, Mapping):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def fingerprint(text: str) -> str:
    """The hash of what a document says, the same however it is written. Raises Refusal('definition_unreadable')."""
    return fingerprint_of(read(text))


def fingerprint_of(whole: Mapping[str, Any]) -> str:
    """The same of a document that was read."""
    return hashlib.sha256(rfc8785.dumps(plain(whole))).hexdigest()


def figure(value: object, language: str) -> str:
    """A figure as people write it: 1,23,456 with Bangla digits in Bangla; a text unchanged."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    whole, _, rest = f"{value:.10g}".partition(".") if isinstance(value, float) else (str(value), "", "")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    head, tail = digits[:-3], digits[-3:]
    groups = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)][::-1]
    grouped = sign + ",".join([*groups, tail]) + (f".{rest}" if rest else "")
    return grouped.translate(TO_BANGLA) if language == "bn" else grouped


def fill(sentence: str, values: Mapping[str, object], language: str) -> str:
    """``sentence`` with {name} replaced by figures."""
    for name, value in values.items():
        sentence = sentence.replace("{" + name + "}", figure(value, language))
    return sentence


class _Dumper(yaml.SafeDumper):
    """Writes what _Loader reads: the same words stay words, nothing is an alias, dates are bare."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.yaml_implicit_resolvers = _Loader.yaml_implicit_resolvers


def write(whole: Mapping[str, Any]) -> str:
    """``whole`` as YAML that ``read`` gives back unchanged; keys in their order, small parts on one line."""
    return yaml.dump(whole, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=1_000)
