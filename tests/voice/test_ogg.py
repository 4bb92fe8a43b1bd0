"""Recordings in Ogg Opus: read, joined, refused."""

import random
import struct
from pathlib import Path

import pytest

from bot.voice import ogg
from bot.voice.ogg import BadRecording, Recording
from tests.support.recordings import recorded

DEMO = sorted((Path(__file__).parents[2] / "demo" / "recordings").glob("*.opus"))


def checksum(page: bytes) -> int:
    """The CRC of RFC 3533, bit by bit."""
    rest = 0
    for byte in page:
        rest ^= byte << 24
        for _ in range(8):
            rest = (rest << 1 ^ 0x04C11DB7 if rest & 0x80000000 else rest << 1) & 0xFFFFFFFF
    return rest


def pages(stream: bytes) -> list[tuple[int, int, int, int, bytes]]:
    """Flags, granule position, number, checksum and bytes of each page."""
    found, at = [], 0
    while at < len(stream):
        _, _, flags, granule, _, number, crc, count = struct.unpack_from("<4sBBqIIIB", stream, at)
        table = stream[at + 27 : at + 27 + count]
        end = at + 27 + count + sum(table)
        found.append((flags, granule, number, crc, stream[at:end]))
        at = end
    return found


def test_a_joined_stream_has_the_pages_that_players_expect():
    stream = ogg.join([recorded("a" * 8, 70), recorded("b" * 300, 40)])
    found = pages(stream)
    assert [one[2] for one in found] == list(range(len(found)))
    assert [one[0] for one in found] == [2, *[0] * (len(found) - 2), 4]
    assert [one[1] for one in found[:2]] == [0, 0]
    granules = [one[1] for one in found]
    assert granules == sorted(granules)
    assert granules[-1] == 110 * 960
    for _, _, _, crc, page in found:
        assert checksum(page[:22] + bytes(4) + page[26:]) == crc


def test_the_packets_of_all_recordings_follow_each_other():
    first, second = recorded("a" * 255), recorded("b" * 254)
    joined = ogg.read(ogg.join([first, second]))
    assert joined == Recording(first.packets + second.packets, 312)
    assert joined.seconds == pytest.approx((6 * 960 - 312) / 48000)


@pytest.mark.parametrize(
    ("toc", "milliseconds"),
    [(0 << 3, 10), (3 << 3, 60), (9 << 3 | 1, 40), (13 << 3, 20), (16 << 3, 2.5), (31 << 3 | 2, 40)],
)
def test_the_length_of_a_packet_stands_in_its_first_byte(toc: int, milliseconds: float):
    assert Recording((bytes([toc]) + b"..",), 0).seconds * 1000 == pytest.approx(milliseconds)


def test_what_is_no_recording_of_one_channel_is_refused():
    good = ogg.join([recorded("x")])
    for bad in (
        b"",
        b"RIFF....",
        good[:-1],
        good.replace(b"OpusHead", b"OpusHeat"),
        good[:-1] + b"?",
        good + b"O",
    ):
        with pytest.raises(BadRecording):
            ogg.read(bad)


def test_damaged_recordings_raise_nothing_else():
    drawn = random.Random(7)
    good = bytearray(ogg.join([recorded("x" * 40, 60)]))
    for _ in range(300):
        bad = bytearray(good[: drawn.randrange(len(good))])
        for _ in range(drawn.randrange(4)):
            if bad:
                bad[drawn.randrange(len(bad))] = drawn.randrange(256)
        try:
            ogg.read(bytes(bad))
        except BadRecording:
            continue


def test_the_demos_recordings_can_be_joined_and_say_that_a_machine_speaks():
    recordings = [ogg.read(file.read_bytes()) for file in DEMO]
    assert len(recordings) > 100
    assert all(one.synthetic for one in recordings)
    assert sum(file.stat().st_size for file in DEMO) < 400_000
    joined = ogg.read(ogg.join(recordings))
    assert joined.seconds == pytest.approx(sum(one.seconds for one in recordings), rel=0.01)
