"""Typst source to PDF in this process, with the faces we ship and no others.

Faces: Libertinus Serif, DejaVu Sans Mono (inside the typst wheel), DejaVu Sans (inside matplotlib)
and the files in helpers/present/fonts/, if any. Faces of the machine are ignored, so a report looks the
same everywhere. A letter that none of the chosen faces has is reported, then set with the placeholder
face that matplotlib ships, so the text can still be searched and copied.
"""

import os
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from helpers.render.typst_document import Source
from helpers.render.typst_escape import REPLACEMENT

MAIN = "main.typ"
MAX_ATTEMPTS = 4  # as written, with placeholders, and twice with letters replaced
OWN_FONTS = (Path(__file__).parents[1] / "present" / "fonts", Path(__file__).parent / "fonts")
_MISSING = re.compile(r"the text `\"(.*?)\"` could not be displayed")
_PLACE = re.compile(re.escape(MAIN) + r":(\d+):")
_RUST_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


class TypstCompileError(RuntimeError):
    """Typst refused the document; the message names the cell where it knows it."""


@lru_cache(maxsize=4)
def load_fonts(folders: tuple[str, ...] = ()) -> typst.Fonts:
    """The faces for all documents of this process; `folders` are searched first."""
    paths = [folder for folder in folders if Path(folder).is_dir()]
    paths += [str(folder) for folder in OWN_FONTS if folder.is_dir()]
    # find_spec looks the package up without running it: matplotlib takes a second to import.
    spec = find_spec("matplotlib")
    if spec is not None and spec.origin:
        paths.append(str(Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf"))
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=paths)


@lru_cache(maxsize=1)
def _first_process() -> int:
    """The process that compiled first; its forked children inherit the number."""
    return os.getpid()


def own_families(folders: tuple[str, ...] = ()) -> list[str]:
    """The families in our own and the given folders: last choices for letters the others lack."""
    places = (*OWN_FONTS, *(Path(folder).resolve() for folder in folders))
    return sorted(
        {
            face.family
            for face in load_fonts(folders).fonts()
            if face.path and any(Path(face.path).resolve().is_relative_to(place) for place in places)
        }
    )


def _explain(error: typst.TypstError, source: Source) -> TypstCompileError:
    diagnostic = re.sub(r"\S*" + re.escape(MAIN), MAIN, str(getattr(error, "diagnostic", "") or error))
    place = _PLACE.search(diagnostic)
    cell = source.cell_at(int(place[1])) if place else None
    where = f"cell {cell}: " if cell is not None else ""
    return TypstCompileError(f"{where}{str(error.args[0]) if error.args else error}\n{diagnostic[:2000]}")


def _named(letters: list[str]) -> str:
    foreign = dict.fromkeys(c for letter in letters for c in letter if not c.isascii())
    return " ".join(f"{c} (U+{ord(c):04X})" for c in list(foreign)[:40])


def _missing_letters(error: typst.TypstError) -> list[str]:
    diagnostic = str(getattr(error, "diagnostic", ""))
    found = _MISSING.findall(diagnostic)
    if not found or len(re.findall(r"^error:", diagnostic, re.MULTILINE)) != len(found):
        return []
    return [_RUST_ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2], value) for value in dict.fromkeys(found)]


def _compile(source: Source, options: dict, font_folders: tuple[str, ...], **inputs: str) -> tuple[bytes, list]:
    # The wheel takes only text files from memory, so pictures go through a folder of their own.
    with TemporaryDirectory(prefix="typstpdf-") as folder:
        for name, data in {**source.files, MAIN: source.text.encode()}.items():
            (Path(folder) / name).write_bytes(data)
        compiler = typst.Compiler(
            str(Path(folder) / MAIN),
            root=folder,
            font_paths=load_fonts(font_folders),
            ignore_system_fonts=True,
        )
        return compiler.compile_with_warnings(**options, sys_inputs=inputs)


def _without(letters: list[str], source: Source) -> Source:
    """`source` with letters replaced that not even the placeholder face can set (marks on foreign letters).

    Letters beyond ASCII stand only in strings, so this cannot change what the source does.
    """
    foreign = {c for letter in letters for c in letter if not c.isascii()}
    # A letter is refused along with the mark on it: first the marks go, and the letter may stay.
    marks = {c for c in foreign if unicodedata.category(c).startswith("M")}
    return replace(source, text=source.text.translate(dict.fromkeys(map(ord, marks or foreign), REPLACEMENT)))


def compile_pdf(
    source: Source, *, standards: list[str], warn: Callable[[str], None], font_folders: tuple[str, ...] = ()
) -> bytes:
    """The PDF of `source`, the same bytes each time.

    Raises:
        TypstCompileError: the document cannot be set; the message names the cell.
    """
    if _first_process() != os.getpid():
        raise TypstCompileError(
            "this process was forked from one that had already compiled; Typst's threads are gone "
            "and it would wait for ever: fork first, or compile in the parent only"
        )
    options = {"format": "pdf", "pdf_standards": standards, "timestamp": int(source.stamp.timestamp())}
    inputs: dict[str, str] = {}
    for attempt in range(MAX_ATTEMPTS):
        try:
            pdf, warnings = _compile(source, options, font_folders, **inputs)
            break
        except typst.TypstError as error:
            letters = _missing_letters(error)
            if not letters or attempt == MAX_ATTEMPTS - 1:
                raise _explain(error, source) from error
            if inputs:
                source = _without(letters, source)
            else:
                warn(f"no face has {_named(letters)}; a placeholder is shown")
                inputs = {"fallback": "yes"}
    for warning in warnings:
        shown = str(getattr(warning, "diagnostic", "") or warning)
        warn("typst: " + re.sub(r"\S*" + re.escape(MAIN), MAIN, shown).strip())
    if b"LastResort" in pdf and not inputs:
        warn("a picture has letters that no face has; a placeholder is shown")
    return pdf
