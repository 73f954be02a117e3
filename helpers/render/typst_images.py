"""Pictures for Typst: their bytes, natural size and file name; SVG text set in our own faces.

Bytes are checked before Typst sees them, for one damaged picture would stop the whole document.
"""

import base64
import binascii
import re
import struct
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from lxml import etree

PT_PER_CSS_PX = 0.75
_UNITS = {"": 0.75, "px": 0.75, "pt": 1.0, "in": 72.0, "cm": 28.3465, "mm": 2.83465, "pc": 12.0, "em": 12.0}
_MAGIC = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif"}
_FAMILY = re.compile(r"(\bfont(?:-family)?\s*:\s*)([^;}]+)")
_DATA_URL = re.compile(r"data:([\w.+-]+/[\w.+-]+)?((?:;[^;,]*)*),(.*)", re.DOTALL)


class ImageError(ValueError):
    """Bytes that are no picture we can show; the message says why."""


@dataclass(frozen=True)
class Picture:
    """A picture: `name` is derived from its content, sizes are natural sizes in points."""

    name: str
    data: bytes
    width: float
    height: float


def _length(value: str | None) -> float | None:
    match = re.fullmatch(r"\s*([\d.]+(?:e[+-]?\d+)?)\s*([a-z]*)\s*", value or "")
    return float(match[1]) * _UNITS[match[2]] if match and match[2] in _UNITS else None


def _set_family(element: etree._Element, sans: str) -> None:
    """Name `sans` as last choice: else a family we do not have would be replaced by any face at all."""
    if family := element.get("font-family"):
        element.set("font-family", f"{family}, '{sans}'")
    if "font" in (style := element.get("style", "")):
        element.set("style", _FAMILY.sub(rf"\1\2, '{sans}'", style))
    if element.text and etree.QName(element).localname == "style":
        element.text = _FAMILY.sub(rf"\1\2, '{sans}'", element.text)


def _drop_outer_link(element: etree._Element) -> None:
    """Pictures inside pictures must be embedded: nothing is read from disk or network."""
    for name in ("href", "{http://www.w3.org/1999/xlink}href"):
        target = element.get(name, "#")
        if not target.startswith(("#", "data:")) and etree.QName(element).localname != "a":
            del element.attrib[name]


def _svg(data: bytes, sans: str) -> tuple[bytes, float, float]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ImageError(f"the SVG cannot be read: {error}") from None
    if root is None or etree.QName(root).localname != "svg":
        raise ImageError("no SVG element")
    if not len(root):
        raise ImageError("the SVG is empty")
    box = [float(part) for part in re.findall(r"-?[\d.]+(?:e[+-]?\d+)?", root.get("viewBox", ""))][2:4]
    width = _length(root.get("width")) or (box[0] * PT_PER_CSS_PX if len(box) == 2 else 300.0)
    height = _length(root.get("height")) or (box[1] * PT_PER_CSS_PX if len(box) == 2 else 150.0)
    if _length(root.get("width")) is None or _length(root.get("height")) is None:
        root.set("width", f"{width}pt")
        root.set("height", f"{height}pt")
    for element in root.iter(etree.Element):
        _set_family(element, sans)
        _drop_outer_link(element)
    text = etree.tostring(root, encoding="unicode")
    return unicodedata.normalize("NFC", text).encode(), width, height


def _png_size(data: bytes) -> tuple[float, float]:
    if len(data) < 33 or data[12:16] != b"IHDR":
        raise ImageError("the PNG is cut off")
    width, height = struct.unpack(">II", data[16:24])
    scale = PT_PER_CSS_PX
    at = data.find(b"pHYs", 33, 4096)
    if at > 0 and len(data) >= at + 13 and data[at + 12] == 1:
        per_metre = struct.unpack(">I", data[at + 4 : at + 8])[0]
        # 72 dpi is what matplotlib's notebook backend writes at any zoom: only a real print density counts.
        if per_metre > 4500:
            scale = 72 / (per_metre * 0.0254)
    return width * scale, height * scale


def _jpeg_size(data: bytes) -> tuple[float, float]:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width * PT_PER_CSS_PX, height * PT_PER_CSS_PX
        at += 2 + length
    raise ImageError("the JPEG has no size")


def read_picture(data: bytes, *, sans: str) -> Picture:
    """The picture in `data`, whatever its declared type.

    Raises:
        ImageError: the bytes are no SVG, PNG, JPEG, GIF or WebP.
    """
    kind = next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), "")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        kind = "webp"
    if kind == "png":
        if b"IEND" not in data[-16:]:
            raise ImageError("the PNG is cut off")
        width, height = _png_size(data)
    elif kind == "jpg":
        width, height = _jpeg_size(data)
    elif kind == "gif":
        width, height = (side * PT_PER_CSS_PX for side in struct.unpack("<HH", data[6:10]))
    elif kind == "webp":
        width, height = 300.0, 200.0
    elif b"<svg" in data[:4096] or b":svg" in data[:4096]:
        kind = "svg"
        data, width, height = _svg(data, sans)
    else:
        raise ImageError("unknown picture format")
    if not (0 < width < 1e5 and 0 < height < 1e5):
        raise ImageError(f"the picture measures {width:g} × {height:g} pt")
    return Picture(f"{sha256(data).hexdigest()[:16]}.{kind}", data, width, height)


def decode_base64(value: str) -> bytes:
    try:
        return base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ImageError(f"damaged base64: {error}") from None


def load_source(source: str, *, folder: Path | None, attachments: dict) -> bytes:
    """The bytes behind the `src` of an image: attachment, data URL or a file beside the notebook.

    Raises:
        ImageError: it is elsewhere, on the network or missing.
    """
    if source.startswith("attachment:"):
        bundle = attachments.get(unquote(source[11:])) or attachments.get(source[11:])
        if not bundle:
            raise ImageError(f"no attachment {source[11:]!r}")
        mime = next((m for m in ("image/svg+xml", "image/png", "image/jpeg") if m in bundle), next(iter(bundle)))
        value = "".join(bundle[mime])
        return value.encode() if value.lstrip().startswith("<") else decode_base64(value)
    if match := _DATA_URL.match(source):
        return decode_base64(unquote(match[3])) if ";base64" in match[2] else unquote_to_bytes(match[3])
    if re.match(r"[a-zA-Z][\w+.-]*:|//", source):
        raise ImageError(f"{source[:80]} is not read: nothing is fetched from the network")
    path = Path(unquote(source.split("#")[0].split("?")[0]))
    if folder is None or path.is_absolute():
        raise ImageError(f"{source[:80]} is not beside the notebook")
    target = (folder / path).resolve()
    # As nbconvert: a notebook shows files of its own folder, never of the machine around it.
    if not target.is_relative_to(folder.resolve()) or not target.is_file():
        raise ImageError(f"{source[:80]} is not beside the notebook")
    return target.read_bytes()
