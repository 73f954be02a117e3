"""Which articles a report is about: all, or those of a period, a place, a theme.

    find_choice(tables, "place", "thị xã Kỳ Anh")  ->  Choice("place", "449", …, the articles that name it or a unit below it)

An article belongs to a period if the date of its publication lies in it, to a place if it names it or a unit below it, to a
theme if words of it or of a theme below it stand in the article.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from helpers.analysis.periods import days_of
from helpers.normalize import strip_marks
from helpers.present.numbers import format_edtf
from helpers.settings import FILTERS, SettingsError

Tables = Mapping[str, pd.DataFrame]
#: levels of places that `--each place` builds a report for, unless report.toml names the places
_LEVELS = ("province", "district")
#: choices that an error names
_NAMED = 12


@dataclass(frozen=True)
class Choice:
    """A value of a parameter and its articles. `names`: language -> how it reads; `path`: what tells it from its namesakes."""

    parameter: str
    id: str
    names: dict[str, str]
    doc_ids: frozenset[str]
    path: str = ""


def plain(text: str) -> str:
    """A name without case and tones, to know one that is typed without them.

    >>> plain("Thị xã Kỳ Anh"), plain("ĐẮK LẮK")
    ('thi xa ky anh', 'dak lak')
    """
    return strip_marks(" ".join(text.lower().replace("đ", "d").split()))


def find_choice(tables: Tables, parameter: str, value: str) -> Choice:
    """What is meant by a value of `parameter`, as typed.

    Raises:
        SettingsError: no such value, several, or no article has it; the message names the choices.
    """
    return _FINDERS[parameter](tables, value)


def list_choices(tables: Tables, parameter: str, values: Iterable[str] = ()) -> tuple[list[Choice], list[str]]:
    """A choice for each of `values`, or for each that articles have; and a line for each value without one."""
    if not values:
        return list(_LISTERS[parameter](tables)), []
    found, problems = [], []
    for value in values:
        try:
            found.append(find_choice(tables, parameter, value))
        except SettingsError as error:
            problems.append(str(error))
    return found, problems


def choose_articles(tables: Tables, filters: Mapping[str, str]) -> list[Choice]:
    """A choice for each filter. Raises SettingsError, also where no article is left."""
    choices = [find_choice(tables, name, filters[name]) for name in FILTERS if name in filters]
    if not frozenset.intersection(*(c.doc_ids for c in choices)):
        said = "; ".join(f"{c.parameter} {c.names['vi']}: {len(c.doc_ids)}" for c in choices)
        raise SettingsError(f"no article has all of these ({said}); leave one out")
    return choices


def _known(tables: Tables) -> frozenset[str]:
    return frozenset(tables["articles"]["doc_id"])


# --- period ---


def _find_period(tables: Tables, value: str) -> Choice:
    days = days_of(value)
    months = sorted({str(d)[:7] for d in tables["articles"]["published"].dropna()})
    there = f"articles are dated {_named(months) or 'nowhere'}"
    if days is None or days[0] > days[1] or not all(_is_month(d) for d in value.replace("..", "").split("/") if d):
        raise SettingsError(
            f"period {value!r} is none: write 2023, 2023-12, 2023-12-15, 2023-33 (first quarter) or 2023-07/2023-12; {there}"
        )
    published = zip(tables["articles"]["doc_id"], tables["articles"]["published"], strict=True)
    dated = ((doc_id, days_of(on)) for doc_id, on in published if isinstance(on, str))
    # an article dated 2023 may be of any month: it is of the year 2023, not of 2023-12
    doc_ids = frozenset(i for i, on in dated if on and days[0] <= on[0] and on[1] <= days[1])
    if not doc_ids:
        raise SettingsError(f"period {value!r}: no article was published in it; {there}")
    return _period(value, doc_ids)


def _is_month(date: str) -> bool:
    numbers = date.split("-")[1:]
    return not numbers or int(numbers[0]) in (*range(1, 13), *range(33, 37))


def _period(value: str, doc_ids: frozenset[str]) -> Choice:
    return Choice("period", value, {language: format_edtf(value, language) for language in ("vi", "en")}, doc_ids)


def _list_periods(tables: Tables) -> Iterator[Choice]:
    for year in sorted({str(d)[:4] for d in tables["articles"]["published"].dropna()}):
        yield _find_period(tables, year)


# --- place ---


def _find_place(tables: Tables, value: str) -> Choice:
    units, named = _units(tables), _articles_of_places(tables)
    wanted = " ".join(unicodedata.normalize("NFC", value).lower().split())
    found: list[str] = []
    # as typed with its type, as typed, then without tones: the first that fits anything decides
    for spell in (str.lower, plain):
        for form in (_with_type, _bare_name):
            found = found or [i for i, u in units.items() if spell(form(u)) == spell(wanted)]
    found = [value] if value in units else found
    with_articles = [i for i in found if named.get(i)]
    if len(with_articles) == 1 or (found and not with_articles):
        found = with_articles or found[:1]
    if len(found) > 1:
        raise SettingsError(
            f"place {value!r} may be {'; '.join(f'{_path(i, units)} (place={i})' for i in with_articles)}; write one of these"
        )
    if not found:
        choices = {_with_type(units[i]): len(docs) for i, docs in named.items()}
        near = get_close_matches(plain(value), [plain(c) for c in choices], n=3, cutoff=0.6)
        ranked = sorted(choices, key=lambda c: (plain(c) not in near, -choices[c], c))
        raise SettingsError(f"place {value!r} is named in no article; there are {_named(ranked)}")
    if not named.get(found[0]):
        raise SettingsError(f"place {_path(found[0], units)!r}: no article names it or a unit below it")
    return _place(found[0], units, named)


def _place(place_id: str, units: Mapping[str, dict], named: Mapping[str, set[str]]) -> Choice:
    name = _with_type(units[place_id])
    return Choice("place", place_id, {"vi": name, "en": name}, frozenset(named[place_id]), _path(place_id, units))


def _list_places(tables: Tables) -> Iterator[Choice]:
    units, named = _units(tables), _articles_of_places(tables)
    for place_id in sorted(
        named, key=lambda i: (_LEVELS.index(level) if (level := units[i]["level"]) in _LEVELS else 9, i)
    ):
        if units[place_id]["level"] in _LEVELS:
            yield _place(place_id, units, named)


def _units(tables: Tables) -> dict[str, dict]:
    units = tables["units"].astype(object)
    return units.where(units.notna(), None).set_index("place_id", drop=False).to_dict("index")


def _with_type(unit: dict) -> str:
    return f"{unit['type']} {unit['name']}" if unit["type"] else unit["name"]


def _bare_name(unit: dict) -> str:
    return unit["name"]


def _path(place_id: str, units: Mapping[str, dict]) -> str:
    path: list[str] = []
    at = place_id
    while at in units and at != "VN" and len(path) < 6:
        path.append(_with_type(units[at]))
        at = units[at]["parent_id"]
    return ", ".join(path)


def _articles_of_places(tables: Tables) -> dict[str, set[str]]:
    """place_id -> articles that name the unit or one below it, before or since the units of July 2025."""
    units = _units(tables)
    places = tables["places"][["mention_id", "place_id"]].dropna()
    doc_of = dict(zip(tables["mentions"]["mention_id"], tables["mentions"]["doc_id"], strict=True))
    found: dict[str, set[str]] = {}
    for mention_id, place_id in zip(places["mention_id"], places["place_id"], strict=True):
        above, todo = set(), [place_id]
        while todo:
            at = todo.pop()
            if at in units and at not in above:
                above.add(at)
                todo += [units[at]["parent_id"], units[at]["later_parent_id"]]
        for at in above:
            found.setdefault(at, set()).add(doc_of[mention_id])
    return found


# --- theme ---


def _find_theme(tables: Tables, value: str) -> Choice:
    themes, articles = tables["themes"], _articles_of_themes(tables)
    wanted = plain(value)
    for theme in themes.itertuples():
        if wanted in (plain(theme.theme_id), plain(theme.label_vi), plain(theme.label_en)):
            if not articles.get(theme.theme_id):
                raise SettingsError(f"theme {theme.theme_id}: no article has it; there are {_named(_ranked(articles))}")
            return _theme(theme, articles)
    raise SettingsError(f"theme {value!r} is none; there are {', '.join(themes['theme_id'])}")


def _theme(theme, articles: Mapping[str, set[str]]) -> Choice:
    names = {"vi": theme.label_vi, "en": theme.label_en}
    return Choice("theme", theme.theme_id, names, frozenset(articles[theme.theme_id]))


def _list_themes(tables: Tables) -> Iterator[Choice]:
    articles = _articles_of_themes(tables)
    for theme in tables["themes"].itertuples():
        if articles.get(theme.theme_id):
            yield _theme(theme, articles)


def _articles_of_themes(tables: Tables) -> dict[str, set[str]]:
    """theme_id -> articles with words of the theme or of one below it."""
    parent = dict(zip(tables["themes"]["theme_id"], tables["themes"]["parent"], strict=True))
    hits = tables["theme_hits"].merge(tables["mentions"][["mention_id", "doc_id"]], on="mention_id")
    found: dict[str, set[str]] = {}
    for theme_id, doc_id in zip(hits["theme_id"], hits["doc_id"], strict=True):
        at = theme_id
        while isinstance(at, str):
            found.setdefault(at, set()).add(doc_id)
            at = parent.get(at)
    return found


def _ranked(articles: Mapping[str, set[str]]) -> list[str]:
    return sorted(articles, key=lambda i: (-len(articles[i]), i))


def _named(choices: list[str]) -> str:
    more = f" and {len(choices) - _NAMED} more" if len(choices) > _NAMED else ""
    return ", ".join(choices[:_NAMED]) + more


_FINDERS: dict[str, Callable[[Tables, str], Choice]] = {
    "period": _find_period,
    "place": _find_place,
    "theme": _find_theme,
}
_LISTERS: dict[str, Callable[[Tables], Iterable[Choice]]] = {
    "period": _list_periods,
    "place": _list_places,
    "theme": _list_themes,
}
