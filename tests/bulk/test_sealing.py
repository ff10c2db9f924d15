"""Numbers at rest open only with their key, in their place and kind; rotation keeps them readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shohay.bulk.sealing import ACCOUNT, IDENTITY, KeyRing, digest, open_sealed, reseal, seal, seal_all, seal_columns
from shohay.stages.registry.queries import key_ring

OLD = "k1:" + "11" * 32
NEW = "k2:" + "22" * 32
DIGEST = "33" * 32
ring = KeyRing(OLD, DIGEST)


@given(st.text(alphabet="0123456789", min_size=1, max_size=20), st.sampled_from(["nid10", "nid17", "brn17"]))
def test_there_and_back(number: str, kind: str):
    sealed = seal(ring, kind, IDENTITY, number)
    assert open_sealed(ring, kind, IDENTITY, sealed) == number
    assert len(number) < 8 or number.encode() not in sealed


@pytest.mark.parametrize(("kind", "place"), [("brn17", IDENTITY), ("nid17", ACCOUNT)])
def test_moved_to_another_kind_or_column_it_does_not_open(kind: str, place: str):
    sealed = seal(ring, "nid17", IDENTITY, "19601234567890123")
    with pytest.raises(ValueError, match="changed or belongs elsewhere"):
        open_sealed(ring, kind, place, sealed)


def test_a_changed_byte_is_seen():
    sealed = bytearray(seal(ring, "nid10", IDENTITY, "1234567890"))
    sealed[-1] ^= 1
    with pytest.raises(ValueError, match="changed"):
        open_sealed(ring, "nid10", IDENTITY, bytes(sealed))


def test_the_same_number_seals_differently_each_time():
    assert len(set(seal_all(ring, ["nid10"] * 50, IDENTITY, ["1234567890"] * 50))) == 50


def test_keys_rotate():
    sealed = seal(ring, "nid10", IDENTITY, "1234567890")
    both = KeyRing(f"{NEW},{OLD}", DIGEST)
    again = reseal(both, "nid10", IDENTITY, sealed)
    assert open_sealed(both, "nid10", IDENTITY, sealed) == "1234567890"
    assert again.startswith(b"k2:")
    assert reseal(both, "nid10", IDENTITY, again) == again
    assert open_sealed(KeyRing(NEW, DIGEST), "nid10", IDENTITY, again) == "1234567890"
    with pytest.raises(ValueError, match="not in the ring"):
        open_sealed(KeyRing(NEW, DIGEST), "nid10", IDENTITY, sealed)


def test_the_digest_depends_on_kind_and_key():
    number = "19601234567890123"
    assert digest(ring, "nid17", number) == digest(KeyRing(NEW, DIGEST), "nid17", number)  # rotation keeps it
    assert digest(ring, "nid17", number) != digest(ring, "brn17", number)
    assert digest(ring, "nid17", number) != digest(KeyRing(OLD, "44" * 32), "nid17", number)
    assert len(digest(ring, "nid17", number)) == 16


def test_columns_keep_their_order():
    import pyarrow as pa

    numbers = [str(10**9 + i) for i in range(100)]
    table = seal_columns(ring, IDENTITY, pa.chunked_array([["nid10"] * 100]), pa.chunked_array([numbers]))
    opened = [open_sealed(ring, "nid10", IDENTITY, value) for value in table["sealed"].to_pylist()]
    assert opened == numbers
    assert table["digest"][7].as_py() == digest(ring, "nid10", numbers[7])


def test_a_short_key_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        KeyRing("k1:abcd", DIGEST)


def test_the_installation_has_a_ring():
    assert key_ring().current == "k1"
