"""Encryption of personal data at rest: AES-GCM, with keyed HMAC-SHA256 indexes (UU 27/2022; D1).

A plain hash would not protect a NIK: a regency has about 10^10 possible ones, which take one core hours.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Sequence
from typing import Any, Self

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

KEY_BYTES = 32
_NONCE_BYTES = 12
KEY_ID_BYTES = 4
_object = msgspec.json.Decoder(dict[str, Any]).decode


class BadKey(ValueError):
    """A secret key is not 32 random bytes in base64."""


class Unreadable(Exception):
    """A sealed value was written with another key or moved to another row."""


class _Key:
    """One secret: id, cipher and index key, derived separately so that none weakens another."""

    def __init__(self, secret: bytes) -> None:
        def derive(purpose: str) -> bytes:
            return hmac.digest(secret, b"loket/" + purpose.encode(), hashlib.sha256)

        self.id = derive("id")[:KEY_ID_BYTES]
        self.cipher = AESGCM(derive("seal"))
        self._index = derive("index")
        self._purposes: dict[str, HMAC] = {}

    def index(self, text: str, of: str) -> bytes:
        """HMAC-SHA256, from a copy of a state that has taken in the key: a third of the time."""
        state = self._purposes.get(of)
        if state is None:
            key = hmac.digest(self._index, of.encode(), hashlib.sha256)
            state = self._purposes[of] = HMAC(key, SHA256())
        made = state.copy()
        made.update(text.encode())
        return made.finalize()


class Vault:
    """Encrypts and decrypts values, and makes the keyed indexes for look-ups.

    While two keys live, new values use the last one: the *old* key until `rotate-keys` has switched
    (storage/keyring.py).
    """

    def __init__(self, secrets_in_use: Sequence[bytes]) -> None:
        if not secrets_in_use or any(len(secret) != KEY_BYTES for secret in secrets_in_use):
            raise BadKey(f"a secret key has {KEY_BYTES} bytes")
        self._keys = [_Key(secret) for secret in secrets_in_use]
        self._writing = self._keys[-1]
        self._by_id = {key.id: key for key in self._keys}
        # Ids of the living keys; they reveal nothing about them. The last one is the writing key.
        self.key_ids = tuple(self._by_id)
        self._views = {self._writing.id: self}

    @classmethod
    def from_base64(cls, current: str, old: str | None = None) -> Self:
        """Vault from `LOKET_SECRET_KEY` and, during a rotation, `LOKET_SECRET_KEY_OLD`; equal values count as one key.

        Raises:
            BadKey: not 32 bytes in base64.
        """
        return cls([*dict.fromkeys(_decode(key) for key in (current, old) if key)])

    @staticmethod
    def new_key() -> str:
        """A fresh secret key in base64."""
        return base64.b64encode(os.urandom(KEY_BYTES)).decode()

    @property
    def writing_id(self) -> bytes:
        """Id of the writing key."""
        return self._writing.id

    def writing_with(self, key_id: bytes) -> "Vault":
        """Vault with the same keys and another writing key; itself if that key is unknown."""
        if key_id not in self._views and key_id in self._by_id:
            view = object.__new__(Vault)
            view.__dict__.update(self.__dict__)
            view._keys = sorted(self._keys, key=lambda key: key.id == key_id)
            view._writing = view._keys[-1]
            view.key_ids = tuple(key.id for key in view._keys)
            self._views[key_id] = view
        return self._views.get(key_id, self)

    def seal(self, text: str, *, at: str) -> bytes:
        """Encrypt a text for one place, `table.column:row`; it can be decrypted only there."""
        return self.seal_bytes(text.encode(), at=at)

    def seal_json(self, value: dict[str, Any], *, at: str) -> bytes:
        """Encrypt a JSON object for one place."""
        return self.seal_bytes(msgspec.json.encode(value), at=at)

    def seal_bytes(self, data: bytes, *, at: str) -> bytes:
        """Encrypt a file for one place."""
        nonce = os.urandom(_NONCE_BYTES)
        key = self._writing
        return key.id + nonce + key.cipher.encrypt(nonce, data, at.encode())

    def open(self, sealed: bytes, *, at: str) -> str:
        """Decrypt a text that `seal` encrypted for the same place.

        Raises:
            Unreadable: another key, another place, or damaged.
        """
        return self.open_bytes(sealed, at=at).decode()

    def open_json(self, sealed: bytes, *, at: str) -> dict[str, Any] | None:
        """Decrypt a JSON object; None if it cannot be read any more."""
        try:
            return _object(self.open_bytes(sealed, at=at))
        except (Unreadable, msgspec.DecodeError):
            return None

    def open_bytes(self, sealed: bytes, *, at: str) -> bytes:
        """Decrypt data that `seal_bytes` encrypted for the same place.

        Raises:
            Unreadable: another key, another place, or damaged.
        """
        key = self._by_id.get(key_id_of(sealed))
        if key is None:
            raise Unreadable("sealed with a key that is not configured")
        nonce = sealed[KEY_ID_BYTES : KEY_ID_BYTES + _NONCE_BYTES]
        try:
            return key.cipher.decrypt(nonce, sealed[KEY_ID_BYTES + _NONCE_BYTES :], at.encode())
        except InvalidTag:
            raise Unreadable("sealed for another place, or damaged") from None

    def index(self, text: str, *, of: str) -> bytes:
        """Keyed index of a text for new rows; `of` separates purposes (nik, address, message …)."""
        return self._writing.index(text, of)

    def indexes(self, text: str, *, of: str) -> tuple[bytes, ...]:
        """All indexes under which a row with this text may be stored, one per living key."""
        if len(self._keys) == 1:
            return (self._writing.index(text, of),)  # a list of one costs half as much again
        return tuple([key.index(text, of) for key in self._keys])


def key_id_of(sealed: bytes) -> bytes:
    """Id of the key that sealed a value."""
    return sealed[:KEY_ID_BYTES]


def _decode(key: str) -> bytes:
    try:
        return base64.b64decode(key, validate=True)
    except ValueError:
        raise BadKey(f"a secret key is {KEY_BYTES} random bytes in base64") from None
