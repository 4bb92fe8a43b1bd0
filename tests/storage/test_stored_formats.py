"""What earlier versions stored is found and read."""

import hashlib
import hmac
import json
from datetime import UTC, datetime

import pytest
from sqlalchemy.dialects import sqlite

from storage.schema.base import Instant
from storage.vault import Vault


def test_an_index_is_the_hmac_that_earlier_versions_stored():
    secret = bytes(range(32))
    derived = hmac.digest(secret, b"loket/index", hashlib.sha256)
    for text in ("", "3516010101010001", "é" * 200):
        told = hmac.digest(hmac.digest(derived, b"nik", hashlib.sha256), text.encode(), hashlib.sha256)
        assert Vault([secret]).index(text, of="nik") == told


def test_json_of_earlier_versions_and_emoji_are_read():
    vault = Vault([bytes(range(32))])
    value = {"text": "halo \U0001f600", "taps": [["a", 1.5, 2**62]], "none": None}
    for sealed in (vault.seal(json.dumps(value), at="a.b:1"), vault.seal_json(value, at="a.b:1")):
        assert vault.open_json(sealed, at="a.b:1") == value
    assert vault.open_json(vault.seal("[1]", at="a.b:1"), at="a.b:1") is None
    assert vault.open_json(vault.seal_json(value, at="a.b:2"), at="a.b:1") is None


@pytest.mark.parametrize("kept", ["2026-11-23 04:36:03.000000", "2026-11-23 04:36:03+00:00"])
def test_a_moment_kept_by_an_earlier_version_is_read(kept):
    read = Instant().result_processor(sqlite.dialect(), None)
    assert read(kept) == datetime(2026, 11, 23, 4, 36, 3, tzinfo=UTC)
