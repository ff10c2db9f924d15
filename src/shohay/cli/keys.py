"""shohay keys: make a new key, seal everything again with it, take the old one away."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shohay.cli.acting import By, officer, telling
from shohay.cli.ready import ready

if TYPE_CHECKING:
    from shohay.bulk.sealing import KeyRing
    from shohay.stages.registry.actions_keys import Place


def register(app: typer.Typer) -> None:
    keys = typer.Typer(
        help="The keys that seal identity and account numbers, drafts and contacts.", no_args_is_help=True
    )
    keys.command("new")(new)
    keys.command("status")(status)
    keys.command("rotate")(rotate)
    keys.command("retire")(retire)
    app.add_typer(keys, name="keys")


def new(
    digest: Annotated[bool, typer.Option("--digest", help="Also a new key of the digests that a search uses.")] = False,
    by: By = "system",
) -> None:
    """Put a new key in front of the ring: it seals from now on, the older ones still open."""
    ready()
    from shohay.core.messages import Refusal
    from shohay.stages.audit.actions import record
    from shohay.stages.registry import queries, queries_keys

    acting, ring = officer(by), queries.key_ring()
    with telling():
        acting.require("keys.rotate")
        if (under_way := queries_keys.rotation()) and under_way.state == "running":
            raise Refusal("rotation_running")
    name = f"k{max(int(key[1:]) if key[1:].isdigit() else 0 for key in ring.ciphers) + 1}"
    text = f"{name}:{secrets.token_hex(32)},{ring.text}"
    digests = f"{secrets.token_hex(32)},{ring.digest_key}" if digest else ring.digest_key
    if _keep(text, digests):
        record(action="keys.made", by=acting, subject=("key", name), detail={"digest": digest})
        typer.echo(f"{name} seals from now on. Next: shohay keys rotate")


def status(as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False) -> None:
    """Which key seals how many values, and how far a rotation is."""
    ready()
    from shohay.stages.registry import queries, queries_keys

    ring, rotation = queries.key_ring(), queries_keys.rotation()
    found = {place.table: queries_keys.sealed_by(place.table, place.sealed) for place in _places()}
    under_way = rotation if rotation and rotation.state == "running" else None
    if as_json:
        line = {"current": ring.current, "keys": list(ring.ciphers), "digest_keys": len(ring.digest_keys)}
        line |= {"sealed": found, "rotating": under_way.places if under_way else None}
        typer.echo(json.dumps(line))
        return
    typer.echo(f"seals: {ring.current}; opens: {', '.join(ring.ciphers)}; digest keys: {len(ring.digest_keys)}")
    for table, by_key in found.items():
        typer.echo(f"{table}\t" + ("\t".join(f"{key}: {count}" for key, count in by_key.items()) or "nothing"))
    if under_way:
        typer.echo("a rotation was cut off or is under way: shohay keys rotate goes on with it")


def rotate(
    portion: Annotated[int, typer.Option(help="Values in one transaction.", min=1)] = 50_000, by: By = "system"
) -> None:
    """Seal everything with the first key of the ring. Stop it when you like; run again it goes on."""
    ready()
    from shohay.cli.showing import bars
    from shohay.stages.registry import actions_keys

    acting = officer(by)
    try:
        with telling(), bars() as progress:
            done = actions_keys.rotate_keys(places=_places(), portion=portion, by=acting, progress=progress)
    except KeyboardInterrupt:
        typer.echo("stopped; everything opens as before. Run it again to go on.", err=True)
        raise typer.Exit(130) from None
    typer.echo(f"{sum(at['done'] for at in done.places.values())} values sealed with {done.key}")


def retire(
    key: Annotated[str, typer.Argument(help="Name of the key, such as k1.")],
    by: By = "system",
) -> None:
    """Take an old key out of the ring once nothing is sealed with it. Older backups still need it: keep a copy."""
    ready()
    from shohay.core.messages import Refusal
    from shohay.stages.audit.actions import record
    from shohay.stages.registry import queries, queries_keys

    acting, ring = officer(by), queries.key_ring()
    with telling():
        acting.require("keys.rotate")
        if key == ring.current or key not in ring.ciphers:
            raise Refusal("key_unknown", key=key)
        count = sum(queries_keys.sealed_by(place.table, place.sealed).get(key, 0) for place in _places())
        if count:
            raise Refusal("key_in_use", key=key, count=count)
    left = ",".join(part for part in ring.text.split(",") if not part.startswith(f"{key}:"))
    # digests were made again in the same pass, so when one sealing key is left the old digest key is of no use
    digests = ring.digest_key if "," in left else ring.digest_key.split(",")[0]
    if _keep(left, digests):
        record(action="keys.retired", by=acting, subject=("key", key))
        typer.echo(f"{key} is out of the ring")


def _places() -> tuple[Place, ...]:
    """Every column of sealed values, of all stages: numbers, drafts, contacts of complainants."""
    from shohay.stages.grievance.actions import CONTACT
    from shohay.stages.registry.actions_keys import PLACES, Place

    return (*PLACES, Place("grievance_grievance", "number", "contact_sealed", CONTACT))


def _keep(ring: str, digest: str) -> bool:
    """Write the keys where running processes read them; where they come from the environment only say them."""
    from django.conf import settings

    from shohay.bulk.sealing import KEYS_FILE, KeyRing

    checked: KeyRing = KeyRing(ring, digest)
    if settings.KEY_FOLDER is None:
        typer.echo("Set these, start every process again, then run shohay keys rotate:")
        typer.echo(f"SHOHAY_KEY_RING={checked.text}\nSHOHAY_DIGEST_KEY={checked.digest_key}")
        return False
    _write(settings.KEY_FOLDER / KEYS_FILE, {"ring": checked.text, "digest": checked.digest_key})
    return True


def _write(path: Path, kept: dict[str, Any]) -> None:
    """Whole or not at all, readable by this service alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".new")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(kept, file)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
