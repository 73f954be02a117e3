"""Marks of what was corrected by hand: beside the figure that it is so, under the sentence by whom, when and why."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from markupsafe import Markup

from helpers.present.groups import badge_text
from helpers.present.numbers import format_edtf, format_number
from helpers.present.privacy import MASK, Privacy

#: states of lines that change nothing, and reasons why their cells may hold anything
_LOST, _MALFORMED = ("orphan", "invalid"), ("bad_row", "bad_file")
#: of what kinds a line without its sentence may still be shown: in the words of others somebody may be named
_HARMLESS = ("count", "percent", "ratio", "money", "measure", "rank", "date")
_NUMBERS = ("value", "value_high", "weight")


class CorrectionMarks:
    """The corrections of a report in words, private names masked."""

    def __init__(self, tables: dict[str, pd.DataFrame], privacy: Privacy, language: str, say):
        self._privacy, self._language, self._say = privacy, language, say
        units, themes = tables["units"], tables["themes"]
        self._units = {
            u.place_id: f"{u.type} {u.name}" if isinstance(u.type, str) else u.name for u in units.itertuples()
        }
        self._themes = dict(zip(themes["theme_id"], themes[f"label_{language}"], strict=True))
        corrections = tables["corrections"]
        applied = corrections[(corrections["status"] == "applied") & corrections["mention_id"].notna()]
        self._notes: dict[str, list[str]] = {}
        for row in applied.itertuples():
            self._notes.setdefault(row.mention_id, []).append(self._note(row))

    def mark(self, mention_ids: Iterable[str], *, anchor: str | None = None) -> Markup:
        """A mark beside a figure, a link to its sentence; its title says who changed what; nothing where nothing was corrected."""
        notes = self.notes(mention_ids)
        if not notes:
            return Markup("")
        inside = badge_text(self._say("corrected"), anchor)
        return Markup(' <span class="badge badge-corrected" lang="{}" title="{}">{}</span>').format(
            self._language, "; ".join(map(str, notes)), inside
        )

    def notes(self, mention_ids: Iterable[str]) -> list[Markup]:
        """What was changed in mentions, by whom, when and why, each once."""
        found = {note: None for mention_id in mention_ids for note in self._notes.get(mention_id, ())}
        return [Markup("{}").format(note) for note in found]

    def _note(self, row) -> str:
        return self._say(
            "corrected_by", what=self.change(row), who=self.hide(row, row.who), why=self.hide(row, row.why), when=self.day(row)
        )  # fmt: skip

    def day(self, row) -> str:
        return "" if row.reason in _MALFORMED else format_edtf(row.when, self._language)

    def change(self, row) -> str:
        """What a line says: `value: 155 → 156`, `no count`."""
        if row.reason in _MALFORMED:  # its cells may hold anything
            return ""
        kind = self._say(f"mention_{row.kind}")
        if row.action == "delete":
            return self._say("correction_delete", kind=kind)
        words = [self._say("correction_add", kind=kind)] if row.action == "add" else []
        if isinstance(row.field, str) and row.field:
            field, value = self._say(f"field_{row.field}"), self._value(row, row.value)
            lost = row.status in _LOST  # what was read there is not known
            key, was = ("correction_wanted", "") if lost else ("correction_set", self._value(row, row.was))
            words.append(self._say(key, field=field, was=was, value=value))
        return ", ".join(words)

    def _value(self, row, value: object) -> str:
        if not isinstance(value, str) or not value:
            return self._say("correction_empty")
        if row.status in _LOST:
            return self.hide(row, value) if row.kind in _HARMLESS else MASK
        if row.field in ("place_id", "parent"):
            return self._units.get(value, value)
        if row.field == "theme_id":
            return self._themes.get(value, value)
        if row.field == "public":
            return self._say("correction_yes" if value == "true" else "correction_no")
        if row.field in ("period", "issued_on") or (row.kind == "date" and row.field == "value"):
            return format_edtf(value, self._language)
        if row.field in _NUMBERS:
            return format_number(float(value), self._language, digits=6)
        return self.hide(row, value)

    def words(self, row) -> str:
        """The words that a line is about, as far as they may be shown."""
        if row.reason in _MALFORMED or (row.status in _LOST and row.kind not in _HARMLESS):
            return self._say("correction_withheld", line=row.line)
        return self.hide(row, row.surface)

    def hide(self, row, text: object) -> str:
        """A text of a line with the names of private people masked."""
        if not isinstance(text, str) or row.reason in _MALFORMED:
            return ""
        return self._privacy.hide_typed(row.doc_id if isinstance(row.doc_id, str) else "", text)
