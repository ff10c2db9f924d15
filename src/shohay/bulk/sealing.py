"""Identity and account numbers at rest: sealed with AES-256-GCM, found by a keyed digest.

A sealed value is ``key id`` + ``:`` + nonce (12 bytes) + ciphertext and tag. The additional data binds it to its place
("nid17/registry_identity.sealed"): copied into another column or another kind it does not open. The key ring is
"k2:hex,k1:hex": the first key seals, all open, so keys rotate without a pause. The digest is BLAKE2b of 16 bytes under
a key of its own, over kind and number: an NID and a birth registration of the same 17 digits are different things.
Digest keys are "new,old": the first makes digests, a search tries all. A new digest key always comes with a new sealing
key, so that a value sealed with the present key is known to be digested with the present one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import pyarrow as pa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12
DIGEST = 16
IDENTITY = "registry_identity.sealed"
ACCOUNT = "registry_account.sealed"
KEYS_FILE = "keys.json"  # in the folder of secrets, once `shohay keys new` has made a second key


@dataclass(frozen=True)
class KeyRing:
    """``text`` is "id:hex,id:hex" (keys of 32 bytes), ``digest_key`` "hex,hex". ValueError for a wrong length."""

    text: str
    digest_key: str
    ciphers: dict[str, AESGCM] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        pairs = [part.split(":", 1) for part in self.text.split(",")]
        if any(len(pair) != 2 or len(bytes.fromhex(pair[1])) != 32 for pair in pairs):
            raise ValueError("the key ring is 'id:hex,id:hex' with keys of 32 bytes")
        object.__setattr__(self, "ciphers", {name: AESGCM(bytes.fromhex(key)) for name, key in pairs})

    @property
    def current(self) -> str:
        return next(iter(self.ciphers))

    @property
    def digest_keys(self) -> list[bytes]:
        """The present key first."""
        return [bytes.fromhex(key) for key in self.digest_key.split(",")]


@lru_cache(8)
def _read(path: Path, changed: int, size: int) -> KeyRing:
    kept = json.loads(path.read_text(encoding="utf-8"))
    return KeyRing(kept["ring"], kept["digest"])


def kept(folder: Path) -> KeyRing | None:
    """The ring of KEYS_FILE, read again when the file has changed: running processes learn of a new key at once."""
    path = folder / KEYS_FILE
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return _read(path, stat.st_mtime_ns, stat.st_size)


def digest(ring: KeyRing, kind: str, number: str) -> bytes:
    """16 bytes by which a number of this kind is found again."""
    return blake2b(f"{kind}:{number}".encode(), digest_size=DIGEST, key=ring.digest_keys[0]).digest()


def digests(ring: KeyRing, kind: str, number: str) -> list[bytes]:
    """The digest under each key of the ring: while keys rotate a number is found under the old one or the new."""
    text = f"{kind}:{number}".encode()
    return [blake2b(text, digest_size=DIGEST, key=key).digest() for key in ring.digest_keys]


def seal(ring: KeyRing, kind: str, place: str, number: str) -> bytes:
    """Seal one number for ``place``, such as IDENTITY."""
    return seal_all(ring, [kind], place, [number])[0]


def open_sealed(ring: KeyRing, kind: str, place: str, sealed: bytes) -> str:
    """The number again. ValueError when its key is not in the ring, or it was changed or moved."""
    name, _, rest = bytes(sealed).partition(b":")
    cipher = ring.ciphers.get(name.decode("ascii", "replace"))
    if cipher is None:
        raise ValueError("sealed with a key that is not in the ring")
    try:
        return cipher.decrypt(rest[:NONCE], rest[NONCE:], f"{kind}/{place}".encode()).decode()
    except InvalidTag as error:
        raise ValueError("the sealed value was changed or belongs elsewhere") from error


def reseal(ring: KeyRing, kind: str, place: str, sealed: bytes) -> bytes:
    """The same number under the current key; unchanged when it is already."""
    if bytes(sealed).startswith(ring.current.encode() + b":"):
        return bytes(sealed)
    return seal(ring, kind, place, open_sealed(ring, kind, place, sealed))


def seal_all(ring: KeyRing, kinds: Iterable[str], place: str, numbers: list[str]) -> list[bytes]:
    """Seal many: nonces come from one block of the system's randomness."""
    nonces = os.urandom(NONCE * len(numbers))
    encrypt, prefix = ring.ciphers[ring.current].encrypt, ring.current.encode() + b":"
    bound = _Bound(place)
    out = []
    for at, kind, number in zip(range(0, len(nonces), NONCE), kinds, numbers, strict=True):
        nonce = nonces[at : at + NONCE]
        out.append(prefix + nonce + encrypt(nonce, number.encode(), bound[kind]))
    return out


class _Bound(dict[str, bytes]):
    """Additional data of each kind at one place, made once."""

    def __init__(self, place: str) -> None:
        self.place = place

    def __missing__(self, kind: str) -> bytes:
        self[kind] = f"{kind}/{self.place}".encode()
        return self[kind]


def open_all(ring: KeyRing, kinds: Iterable[str], place: str, sealed: Iterable[bytes]) -> list[str]:
    """Open many. ValueError when one was sealed with a key that is not in the ring, was changed or moved."""
    bound, ciphers = _Bound(place), {name.encode(): cipher.decrypt for name, cipher in ring.ciphers.items()}
    out = []
    try:
        for kind, value in zip(kinds, sealed, strict=True):
            name, _, rest = value.partition(b":")
            out.append(ciphers[name](rest[:NONCE], rest[NONCE:], bound[kind]).decode())
    except KeyError as error:
        raise ValueError("sealed with a key that is not in the ring") from error
    except InvalidTag as error:
        raise ValueError("a sealed value was changed or belongs elsewhere") from error
    return out


def digest_all(ring: KeyRing, kinds: Iterable[str], numbers: list[str]) -> list[bytes]:
    """As ``digest`` for many: the state after key and kind is made once and copied for each number."""
    begun = _Begun(ring.digest_keys[0])
    out = []
    for kind, number in zip(kinds, numbers, strict=True):
        one = begun[kind].copy()
        one.update(number.encode())
        out.append(one.digest())
    return out


class _Begun(dict[str, blake2b]):
    """The hash of each kind so far."""

    def __init__(self, key: bytes) -> None:
        self.key = key

    def __missing__(self, kind: str) -> blake2b:
        self[kind] = blake2b(f"{kind}:".encode(), digest_size=DIGEST, key=self.key)
        return self[kind]


def seal_columns(ring: KeyRing, place: str, kinds: pa.ChunkedArray, numbers: pa.ChunkedArray) -> pa.Table:
    """Columns ``sealed`` and ``digest`` for columns of kinds and numbers without NULLs, in the same order.

    One process: a second one takes as long to be handed the values as it saves (1 million in 2.7 s either way).
    """
    kind_list, number_list = kinds.to_pylist(), numbers.to_pylist()
    return pa.table(
        {
            "sealed": pa.array(seal_all(ring, kind_list, place, number_list), pa.binary()),
            "digest": pa.array(digest_all(ring, kind_list, number_list), pa.binary()),
        }
    )
