"""The gazetteer of Vietnam's administrative units, before and after July 2025, made from an open data set.

    python tools/make_gazetteer.py FOLDER

FOLDER is the unpacked wheel of `vietnamadminunits` (`pip download --no-deps vietnamadminunits`,
then unzip); only its
data files are read. Writes `places.csv` (every unit, old and new) and `place_changes.csv` (what
became of the old ones)
into the lexicons, with source and licence at their head. The same input gives the same bytes.

Ids are the official codes: two digits for a province, three for a district, five for a commune.
The reform used many
codes again for other units, so a unit of 2025 that is not the old one has `-2025` behind its
code. A commune that only
lost its district is one row with two parents.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterable
from importlib.metadata import PathDistribution
from pathlib import Path
from typing import NamedTuple

LEXICONS = Path(__file__).parents[1] / "helpers" / "lexicons" / "vi"
LAST_DAY, FIRST_DAY = "2025-06-30", "2025-07-01"
#: longest first, so that "thị trấn" is not read as "thị ..."
TYPES = ("thành phố", "thị trấn", "đặc khu", "thị xã", "phường", "huyện", "quận", "tỉnh", "xã")
COLUMNS = ("place_id", "level", "type", "name", "parent_id", "later_parent_id", "valid_from", "valid_to")
CHANGE_COLUMNS = ("from_id", "to_id", "change", "changed_on")


class Unit(NamedTuple):
    """One row of places.csv."""

    place_id: str
    level: str
    type: str
    name: str
    parent_id: str
    later_parent_id: str = ""
    valid_from: str = ""
    valid_to: str = ""


class Source(NamedTuple):
    """The data set as read: `old` and `new` rows, and new key -> old keys of provinces and communes."""

    old: list[sqlite3.Row]
    new: list[sqlite3.Row]
    provinces: dict[str, list[str]]
    communes: dict[tuple[str, str], list[str]]
    credit: str


def read_source(folder: Path) -> Source:
    """The data set in `folder`. Raises FileNotFoundError."""
    data = next(folder.rglob("dataset.db")).parent
    info = PathDistribution(next(folder.rglob("*.dist-info"))).metadata
    rows = sqlite3.connect(data / "dataset.db")
    rows.row_factory = sqlite3.Row
    converter = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))
    communes = {
        (province, ward): list(keys)
        for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items()
        for ward, keys in wards.items()
    }
    for province, wards in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old_key, targets in wards.items():
            for target in targets:
                communes.setdefault((province, target["newWardKey"]), []).append(old_key)
    licence = next(folder.rglob("LICENSE")).read_text(encoding="utf-8").splitlines()
    return Source(
        old=rows.execute("select * from admin_units_legacy").fetchall(),
        new=rows.execute("select * from admin_units").fetchall(),
        provinces=converter["DICT_PROVINCE"],
        communes=communes,
        credit=f"{info['Name']} {info['Version']} (Python Package Index), {licence[0]}, {licence[2]}",
    )


def part_name(full: str) -> tuple[str, str]:
    """Type word and name of a unit as the source writes it.

    >>> part_name("Xã Đồng ý")
    ('xã', 'Đồng Ý')
    """
    full = " ".join(unicodedata.normalize("NFC", full).replace("’", "'").split())
    type_ = next(t for t in TYPES if full.lower().startswith(t + " "))
    words = full[len(type_) + 1 :].split(" ")
    # "nông trường" (state farm) is a common noun at the head of a name: its second word stays small.
    return type_, " ".join(w if w == "trường" else w[0].upper() + w[1:] for w in words)


def make_units(source: Source) -> tuple[list[Unit], list[tuple[str, str, str, str]]]:
    """All units, and the dated changes between them."""
    old_ids, units = _old_units(source)
    sources: dict[str, list[str]] = {}
    n_heirs = Counter(old_ids[key] for keys in source.communes.values() for key in keys)
    province_ids: dict[str, str] = {}
    for row in source.new:
        key = row["provinceKey"]
        if key not in province_ids:
            parts = [old_ids[k] for k in source.provinces[key]]
            new = Unit(row["provinceCode"], "province", *part_name(row["province"]), "VN")
            province_ids[key] = _enter(units, parts, new, is_divided=False)
            sources[province_ids[key]] = parts
        parts = [old_ids[k] for k in source.communes[key, row["wardKey"]]]
        new = Unit(row["wardCode"], "commune", *part_name(row["ward"]), province_ids[key])
        sources[_enter(units, parts, new, is_divided=n_heirs[parts[0]] > 1)] = parts
    for unit in list(units.values()):
        if not unit.valid_from and unit.place_id not in sources:
            units[unit.place_id] = unit._replace(valid_to=LAST_DAY)
    changes = [
        (part, to_id, _change(units[part], units[to_id], len(parts), n_heirs[part]), FIRST_DAY)
        for to_id, parts in sources.items()
        for part in parts
        if part != to_id
    ]
    return sorted(units.values(), key=_order), sorted(changes)


def _old_units(source: Source) -> tuple[dict[str, str], dict[str, Unit]]:
    ids: dict[str, str] = {}
    units: dict[str, Unit] = {}
    for row in source.old:
        parent, key = "VN", ""
        for level, column in (("province", "province"), ("district", "district"), ("commune", "ward")):
            if row[column] is None:  # island districts without communes
                ids[key + "_"] = parent
                continue
            code = row[f"{column}Code"]
            key = f"{key}_{row[f'{column}Key']}".strip("_")
            ids[key] = code
            type_, name = part_name(row[column])
            units[code] = Unit(code, level, type_, name, parent)
            parent = code
    return ids, units


def _enter(units: dict[str, Unit], parts: list[str], new: Unit, *, is_divided: bool) -> str:
    """Enters a unit of 2025: the old row where nothing changed but the parent, else a row of its
    own; gives its id."""
    old = units[parts[0]]
    same = (old.place_id, old.type, old.name) == (new.place_id, new.type, new.name)
    if same and len(parts) == 1 and not is_divided:
        if old.parent_id != new.parent_id:
            units[old.place_id] = old._replace(later_parent_id=new.parent_id)
        return old.place_id
    new_id = f"{new.place_id}-2025"
    units[new_id] = new._replace(place_id=new_id, valid_from=FIRST_DAY)
    return new_id


def _change(old: Unit, new: Unit, n_sources: int, n_targets: int) -> str:
    if n_targets > 1:
        return "divided"
    if n_sources > 1:
        return "merged"
    return "renamed" if old.name != new.name else "retyped"


def _order(unit: Unit) -> tuple[str, int, str]:
    return (unit.valid_from, len(unit.place_id), unit.place_id)


def write_csv(path: Path, comments: Iterable[str], header: tuple[str, ...], rows: Iterable[Iterable[str]]) -> None:
    """Writes a lexicon file with its comment lines, all or nothing."""
    text = io.StringIO()
    text.writelines(f"# {line}\n" for line in comments)
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    aside = path.with_suffix(".tmp")
    aside.write_text(text.getvalue(), encoding="utf-8")
    aside.replace(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=LEXICONS)
    args = parser.parse_args()
    source = read_source(args.folder)
    units, changes = make_units(source)
    made = (
        "Made by tools/make_gazetteer.py: change the script, or places_earlier.csv, not this file.",
        f"Source: {source.credit}",
    )
    state = "State of early 2025, and of 2025-07-01; an empty date is unknown or open."
    write_csv(args.out / "places.csv", (*made, state), COLUMNS, units)
    write_csv(args.out / "place_changes.csv", made, CHANGE_COLUMNS, changes)


if __name__ == "__main__":
    main()
