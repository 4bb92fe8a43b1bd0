"""Ordinary and dangerous pictures."""

import io
import struct
import zlib

import segno
from PIL import Image

NUMBER = "MJK-261102-0007-Q"


def code(text: str = NUMBER) -> Image.Image:
    picture = io.BytesIO()
    segno.make(text).save(picture, kind="png", scale=6)
    return Image.open(picture).convert("RGB")


def saved(kind: str, picture: Image.Image | None = None, **how: object) -> bytes:
    file = io.BytesIO()
    (picture or code()).save(file, kind, **how)
    return file.getvalue()


def flood(width: int, height: int) -> bytes:
    """A small PNG file that says that it has so many pixels, all white."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1 + (width + 7) // 8) * 100)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


WHITE = Image.new("RGB", code().size, "white")
EPS = b"""%!PS-Adobe-3.0 EPSF-3.0
%%BoundingBox: 0 0 100 100
%%EndComments
(/tmp/loket-was-here) (w) file closefile
showpage
%%EOF
"""

READ = {
    "JPEG": saved("JPEG"),
    "JPEG, progressive": saved("JPEG", progressive=True),
    "JPEG of a phone with two lenses": saved("MPO", save_all=True, append_images=[WHITE]),
    "PNG": saved("PNG"),
    "PNG, transparent": saved("PNG", code().convert("RGBA")),
    "PNG that moves": saved("PNG", save_all=True, append_images=[WHITE]),
    "WEBP": saved("WEBP"),
    "WEBP that moves": saved("WEBP", save_all=True, append_images=[WHITE]),
}
REFUSED = {
    "nothing": b"",
    "rubbish": b"\x00" * 5000,
    "EPS": EPS,
    "GIF": saved("GIF"),
    "TIFF": saved("TIFF"),
    "BMP": saved("BMP"),
    "ICO": saved("ICO", code().resize((256, 256))),
    "PDF": saved("PDF"),
    "PNG of 900 million pixels": flood(30_000, 30_000),
    "PNG of 41 million pixels": flood(8200, 5000),
    "half a JPEG": READ["JPEG"][: len(READ["JPEG"]) // 2],
    "half a PNG": READ["PNG"][: len(READ["PNG"]) // 2],
    "half a WEBP": READ["WEBP"][: len(READ["WEBP"]) // 2],
    "JPEG's first bytes, then EPS": b"\xff\xd8\xff\xe0" + EPS,
    "PNG's first bytes, then ICO": b"\x89PNG\r\n\x1a\n" + saved("ICO", code().resize((256, 256))),
    "WEBP's first bytes, then TIFF": b"RIFF\xff\xff\x00\x00WEBP" + saved("TIFF"),
    "a code of a whole page": saved("PNG", code("x" * 1100)),
}
