"""Ogg Opus: reads the packets of a recording, and joins recordings into one stream.

Ogg pages are described in RFC 3533, Opus in Ogg in RFC 7845, the first byte of an Opus packet in RFC 6716, 3.1. Packets
are copied, not decoded, so joining takes milliseconds.
"""

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

RATE = 48_000  # granule positions count samples at this rate, whatever was recorded
_HEADER = struct.Struct("<4sBBqIIIB")
_HEAD = struct.Struct("<8sBBHIhB")
_FIRST, _LAST = 2, 4
_SEGMENTS, _PACKETS = 255, 50  # of a page; fifty packets are about a second
_SEGMENT = 255
_LONGEST_PACKET = 61_440
_MOST_FRAMES = 48  # 120 ms of the shortest frames
_SILK_MS, _HYBRID_MS, _CELT_MS = (10, 20, 40, 60), (10, 20), (2.5, 5, 10, 20)
_HYBRID, _CELT = 12, 16  # first configurations of these modes
_SERIAL = 0x6C6F6B65
_TAGS = b"OpusTags" + struct.pack("<I5sI", 5, b"loket", 0)
_MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


class BadRecording(Exception):
    """A file that cannot be joined; the text says why."""


@dataclass(frozen=True, slots=True)
class Recording:
    """Packets of one channel; `skip` is the number of samples that a player drops at the beginning.

    `synthetic`: its comments say that a machine spoke.
    """

    packets: tuple[bytes, ...] = field(repr=False)
    skip: int
    synthetic: bool = False

    @property
    def seconds(self) -> float:
        """Length as played."""
        return max(sum(map(_samples, self.packets)) - self.skip, 0) / RATE

    @property
    def size(self) -> int:
        """Bytes of its packets."""
        return sum(map(len, self.packets))


def read(data: bytes) -> Recording:
    """Read a recording.

    Raises:
        BadRecording: it is damaged, no Ogg Opus, or has more than one channel.
    """
    packets = list(_packets(data))
    if len(packets) < 3 or len(packets[0]) < _HEAD.size:  # noqa: PLR2004 (two headers, and a sound)
        raise BadRecording("it is no recording in Ogg Opus")
    name, version, channels, skip, _rate, _gain, family = _HEAD.unpack_from(packets[0])
    if name != b"OpusHead" or version >> 4 or not packets[1].startswith(b"OpusTags"):
        raise BadRecording("it is no recording in Ogg Opus")
    if channels != 1 or family != 0:
        raise BadRecording("it has more than one channel")
    for packet in packets[2:]:
        _samples(packet)
    return Recording(tuple(packets[2:]), skip, b"synthetic" in packets[1].lower())


def join(recordings: Sequence[Recording]) -> bytes:
    """One stream of all recordings, in this order."""
    skip = recordings[0].skip
    head = _HEAD.pack(b"OpusHead", 1, 1, skip, RATE, 0, 0)
    pages = [_page([head], number=0, granule=0, flags=_FIRST), _page([_TAGS], number=1, granule=0)]
    packets = [packet for one in recordings for packet in one.packets]
    granule = 0
    for number, group in enumerate(groups := list(_grouped(packets)), start=2):
        granule += sum(map(_samples, group))
        flags = _LAST if number == len(groups) + 1 else 0
        pages.append(_page(group, number=number, granule=granule, flags=flags))
    return b"".join(pages)


def _grouped(packets: Sequence[bytes]) -> Iterator[list[bytes]]:
    """Packets page by page; none is continued on the next page."""
    group: list[bytes] = []
    segments = 0
    for packet in packets:
        needed = len(packet) // _SEGMENT + 1
        if group and (segments + needed > _SEGMENTS or len(group) == _PACKETS):
            yield group
            group, segments = [], 0
        group.append(packet)
        segments += needed
    if group:
        yield group


def _page(packets: Sequence[bytes], *, number: int, granule: int, flags: int = 0) -> bytes:
    table = b"".join(
        b"\xff" * (len(packet) // _SEGMENT) + bytes([len(packet) % _SEGMENT]) for packet in packets
    )
    fields = (b"OggS", 0, flags, granule, _SERIAL, number)
    body = table + b"".join(packets)
    checksum = _checksum(_HEADER.pack(*fields, 0, len(table)) + body)
    return _HEADER.pack(*fields, checksum, len(table)) + body


def _packets(data: bytes) -> Iterator[bytes]:
    """Packets of all pages, in order."""
    at, begun = 0, b""
    while at < len(data):
        if len(data) - at < _HEADER.size or data[at : at + 4] != b"OggS":
            raise BadRecording("it is no recording in Ogg Opus")
        checksum, segments = _HEADER.unpack_from(data, at)[6:]
        table = data[at + _HEADER.size : at + _HEADER.size + segments]
        begin = at + _HEADER.size + segments
        end = begin + sum(table)
        page = data[at:end]
        if (
            len(table) < segments
            or end > len(data)
            or _checksum(page[:22] + bytes(4) + page[26:]) != checksum
        ):
            raise BadRecording("it is damaged")
        for length in table:
            begun += data[begin : begin + length]
            begin += length
            if len(begun) > _LONGEST_PACKET:
                raise BadRecording("it is damaged")
            if length < _SEGMENT:
                yield begun
                begun = b""
        at = end


def _samples(packet: bytes) -> int:
    """Length of a packet in samples.

    Raises:
        BadRecording: it is none of Opus.
    """
    if not packet:
        raise BadRecording("it is damaged")
    mode, code = packet[0] >> 3, packet[0] & 3
    frames = (1, 2, 2)[code] if code < 3 else packet[1] & 63 if len(packet) > 1 else 0  # noqa: PLR2004 (RFC 6716)
    if not 0 < frames <= _MOST_FRAMES:
        raise BadRecording("it is damaged")
    if mode < _HYBRID:
        length: float = _SILK_MS[mode % 4]
    else:
        length = _CELT_MS[mode % 4] if mode >= _CELT else _HYBRID_MS[mode % 2]
    return int(frames * length * RATE / 1000)


def _checksum(page: bytes) -> int:
    """CRC of a page: zlib's polynomial with mirrored bits, begun at zero."""
    mirrored = zlib.crc32(page.translate(_MIRRORED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{mirrored:032b}"[::-1], 2)
