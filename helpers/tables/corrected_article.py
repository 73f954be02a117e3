"""One article's mentions with its corrections applied: what is set, deleted, added, and what each line of the file came to.

    rows, outcomes = correct_article(rows, corrections, lexicon)

A mention is known by its kind and span (a theme also by its id). Corrections of the surface come first: others may speak of the
words as they were read or as they were corrected. What two lines disagree about is not done at all.
"""

from __future__ import annotations

from collections import defaultdict

from helpers.extract.span import LAYERS, STRONG
from helpers.lexicon import Lexicon
from helpers.schema import DETAIL_OF
from helpers.tables.correction_chains import end_of, refuse_cycles, sources_first
from helpers.tables.correction_effects import settle_rows
from helpers.tables.correction_file import Correction, CorrectionError, Outcome
from helpers.tables.correction_sites import Row, Sentences, Span
from helpers.tables.correction_steps import (
    CorrectedMention,
    Key,
    Step,
    by_line,
    disagree,
    failed,
    outcome_of,
    private_names,
)
from helpers.tables.correction_values import REQUIRED, parse_value, show_value, usual_fields

#: letters: mentions that share some are looked for in blocks of so many
_BLOCK = 256


def correct_article(
    rows: dict[str, list[Row]], corrections: list[Correction], lexicon: Lexicon
) -> tuple[dict[str, list[Row]], list[Outcome]]:
    """The rows of one article with its corrections applied, and what became of each; `rows` stay as they are."""
    work = _Article(rows, lexicon)
    steps: list[Step] = []
    outcomes: list[Outcome] = []
    for correction in corrections:
        try:
            steps += work.locate(correction)
        except CorrectionError as error:
            outcomes.append(failed(correction, error))
    work.apply(steps)
    corrected = work.finished()  # gives mentions their ids
    outcomes += [outcome_of(same) for same in by_line(steps)]
    return corrected, sorted(outcomes, key=lambda o: o.line)


class _Article:
    """The rows of one article, opened for its corrections."""

    def __init__(self, rows: dict[str, list[Row]], lexicon: Lexicon):
        self._rows, self._lexicon = rows, lexicon
        self._sentences = Sentences(rows.get("sentences", []))
        details = {row["mention_id"]: row for table in set(DETAIL_OF.values()) for row in rows.get(table, ())}
        self._mentions: dict[Key, CorrectedMention] = {}
        self._themes: dict[Span, list[str]] = defaultdict(list)
        self._gone: list[CorrectedMention] = []
        self._roles = {p["paragraph"]: p["role"] for p in rows.get("paragraphs", ())}
        #: the mentions that compete for their letters, by where they begin
        self._near: dict[int, list[CorrectedMention]] = defaultdict(list)
        for row in rows.get("mentions", ()):
            fields = dict(details.get(row["mention_id"], {}))
            theme = str(fields.get("theme_id", ""))
            self._enter((row["kind"], row["start"], row["end"], theme), CorrectedMention(dict(row), fields))

    def _enter(self, key: Key, mention: CorrectedMention) -> None:
        kind, start, end, theme = key
        self._mentions[key] = mention
        if theme:
            self._themes[start, end].append(theme)
        if LAYERS[kind] != "passage":
            for block in range(start // _BLOCK, (end - 1) // _BLOCK + 1):
                self._near[block].append(mention)

    def _beside(self, key: Key) -> list[CorrectedMention]:
        """The mentions of a key's layer that share letters with it; none of a quote or a theme."""
        kind, start, end, _ = key
        blocks = range(start // _BLOCK, (end - 1) // _BLOCK + 1)
        return [
            mention
            for mention in {id(m): m for block in blocks for m in self._near.get(block, ())}.values()
            if LAYERS[mention.row["kind"]] == LAYERS[kind] and not mention.is_gone
            and mention.row["start"] < end and start < mention.row["end"]
        ]  # fmt: skip

    # --- where ---

    def locate(self, correction: Correction) -> list[Step]:
        """The places of a correction, each with its value. Raises CorrectionError."""
        c = correction
        value = parse_value(c.kind, c.field, c.value, self._lexicon) if c.field else None
        steps = []
        for sentence in self._sentences.find(c):
            spans = self._sentences.spans(sentence, c.surface, kind=c.kind)
            if len(spans) < c.occurrence:
                times = f"{len(spans)} times" if spans else "not"
                said = f"{c.surface[:60]!r} stands {times} in the sentence; write the words as they stand there, or a smaller occurrence"
                raise CorrectionError("no_surface", said)
            start, end = spans[c.occurrence - 1]
            steps.append(Step(c, (c.kind, start, end, self._theme(c, (start, end))), sentence, value))
        return steps

    def _theme(self, c: Correction, span: Span) -> str:
        if c.kind != "theme":
            return ""
        if c.action in ("add", "delete") and c.value:
            return c.value
        themes = self._themes.get(span, [])
        if len(themes) > 1:
            said = f"the words tell {', '.join(themes)}; delete one (field theme_id, value which) and add another"
            raise CorrectionError("two_places", said)
        return themes[0] if themes else ""

    # --- what ---

    def apply(self, steps: list[Step]) -> None:
        """Applies what can be applied; every step then says what became of it."""
        deletes, adds = ([s for s in steps if s.correction.action == a] for a in ("delete", "add"))
        moves = [s for s in steps if s.correction.field == "surface"]
        sets = [s for s in steps if s.correction.action == "set" and s.correction.field != "surface"]
        self._refuse_quarrels(deletes, [*moves, *adds, *sets])
        later = self._delete_all(deletes, {})
        given = {
            (*s.key[:3], s.correction.field) for s in [*sets, *adds] if s.correction.kind != "theme" and not s.said
        }
        for step in adds:
            self._add(step, given)
        ends = self._move(moves)
        sets += [s for s in adds if s.correction.field]
        found = [s for s in sets if not s.said and self._find(s, ends)]
        # what was deleted under its corrected words
        changed: dict[int, list[Step]] = defaultdict(list)
        for step in found:
            changed[id(step.mention)].append(step)
        for step in later:
            if self._find(step, ends) and (same := changed.get(id(step.mention))):
                disagree([step, *same], "whether it is a mention")
        self._delete_all([s for s in later if s.mention and not s.said], ends)
        self._set([s for s in found if not s.said])
        # no person, and a line says what else: nobody is to be hidden there
        named = {s.key[1:3] for s in adds if s.mention and not s.said and s.key[0] != "person"}
        for step in deletes:
            step.hidden = () if step.key[1:3] in named else step.hidden

    def _delete_all(self, steps: list[Step], ends: dict[Key, Key]) -> list[Step]:
        """Deletes the mentions that stand where `steps` say; returns the steps that found none."""
        done: dict[Key, CorrectedMention] = {}
        missed = []
        for step in steps:
            if step.said:
                continue
            key = ends.get(step.key, step.key)
            mention = done.get(key) or self._mentions.pop(key, None)
            if mention is None:
                missed.append(step)
                continue
            if key not in done:
                mention.is_gone, done[key] = True, mention
                self._gone.append(mention)
            step.mention, step.was = mention, mention.row["surface"]
            step.hidden = private_names(mention, mention.row["surface"])
        return missed

    def _refuse_quarrels(self, deletes: list[Step], others: list[Step]) -> None:
        """What is deleted and also added or changed in its span is neither."""
        by_key: dict[Key, list[Step]] = defaultdict(list)
        for step in others:
            by_key[step.key].append(step)
        for step in deletes:
            for other in by_key.get(step.key, ()):
                disagree([step, other], "whether it is a mention")

    def _add(self, step: Step, given: set[tuple]) -> None:
        """Adds a mention; `given`: kind, start, end and field of what other lines set."""
        kind, start, end, theme = step.key
        if step.said:
            return
        if step.key in self._mentions:
            known = self._mentions[step.key]
            step.mention = known
            if not known.is_added:
                step.status = "needless"
            return
        required = REQUIRED.get(DETAIL_OF.get(kind, ""))
        if required and step.correction.field != required and (theme or (kind, start, end, required) not in given):
            said = f"a {kind} needs its {required}; write it in field and value, or in a line that sets it"
            step.said = CorrectionError("bad_row", said)
            return
        if rival := self._rival(step.key):
            step.said = rival
            return
        role = self._roles.get(step.sentence["paragraph"], "body")
        row = {
            "mention_id": "", "doc_id": step.correction.doc_id, "start": start, "end": end, "kind": kind,
            "surface": self._sentences.printed(start, end, step.sentence), "sent_id": step.sentence["sent_id"], "rule": "correction",
            "strength": STRONG, "inferred": [], "entity_id": None,
        }  # fmt: skip
        fields = usual_fields(kind, row["surface"], role)
        if theme:
            fields["theme_id"] = theme
        step.mention = CorrectedMention(row, fields)
        self._enter(step.key, step.mention)

    def _rival(self, key: Key, mover: CorrectedMention | None = None) -> CorrectionError | None:
        """What already stands where a mention is to stand: one of its layer, of which only passages may overlap."""
        rivals = [m for m in [self._mentions.get(key), *self._beside(key)] if m is not None and m is not mover]
        if not rivals:
            return None
        what = f"{rivals[0].row['surface'][:60]!r} stands there as {rivals[0].row['kind']}"
        return CorrectionError("taken", f"{what}; delete it in a line of its own, or choose other words")

    # --- other words ---

    def _move(self, moves: list[Step]) -> dict[Key, Key]:
        """Gives mentions their corrected spans; returns where each span that a correction speaks of ends."""
        targets: dict[Key, Key] = {}
        by_key: dict[Key, list[Step]] = defaultdict(list)
        for step in moves:
            if step.said:
                continue
            target = self._target(step)
            if target is None:
                said = f"{step.value!r} shares no letter with {step.correction.surface!r} there; delete the one and add the other"
                step.said = CorrectionError("bad_row", said)
            else:
                by_key[step.key].append(step)
                step.value = target
        for key, same in by_key.items():
            if len({s.value for s in same}) > 1:
                disagree(same, "the surface")
            else:
                targets[key] = same[0].value  # type: ignore[assignment]
        refuse_cycles(targets, by_key, self._mentions)
        ends = {key: end_of(key, targets) for key in targets}
        for key in sources_first(targets):
            self._take_span(key, targets, ends, by_key)
        return ends

    def _target(self, step: Step) -> Key | None:
        kind, start, end, theme = step.key
        spans = self._sentences.spans(step.sentence, str(step.value), kind=kind)
        shared = {min(end, b) - max(start, a): (a, b) for a, b in reversed(spans) if a < end and start < b}
        if not shared:
            return None
        a, b = shared[max(shared)]
        return kind, a, b, theme

    def _take_span(
        self, key: Key, targets: dict[Key, Key], ends: dict[Key, Key], by_key: dict[Key, list[Step]]
    ) -> None:
        """Moves the mention that stands at `key`, if one does, to where its corrections end."""
        end, steps = ends[key], by_key[key]
        mention = self._mentions.get(key)
        if mention is None:
            there = self._mentions.get(end)
            for step in steps:
                if there is None:
                    step.said = self._missing(step)
                else:  # an earlier step of the chain, or the rules by now, brought it there
                    step.mention = there
                    step.status = "applied" if there.is_added or "surface" in there.stated else "needless"
            return
        if rival := self._rival(end, mention):
            for step in steps:
                step.said = rival
            return
        before = mention.row["surface"]
        del self._mentions[key]
        _, start, stop, _ = end
        mention.row |= {"start": start, "end": stop, "surface": self._sentences.printed(start, stop, steps[0].sentence)}
        self._enter(end, mention)
        mention.stated["surface"] = True
        for step in steps:
            step.mention, step.was, step.hidden = mention, before, private_names(mention, before)

    # --- fields ---

    def _find(self, step: Step, ends: dict[Key, Key]) -> bool:
        """Whether the mention that a step speaks of is there; else the step says that it is missing."""
        if step.said:
            return False
        key = ends.get(step.key, step.key)
        if key[0] == "theme" and not key[3] and len(themes := self._themes.get(key[1:3], [])) == 1:
            key = (*key[:3], themes[0])
        step.mention = self._mentions.get(key)
        if step.mention is None:
            if step.correction.action == "delete":
                step.status = "needless"
            else:
                step.said = self._missing(step)
        return step.mention is not None

    def _missing(self, step: Step) -> CorrectionError:
        kind = step.key[0]
        near = [f"{m.row['surface'][:60]!r} ({m.row['kind']})" for m in self._beside(step.key)]
        now = f"what is read there is {', '.join(near[:3])}: write that" if near else "add it, or delete the line"
        return CorrectionError("no_mention", f"no {kind} is read in {step.correction.surface[:60]!r}; {now}")

    def _set(self, steps: list[Step]) -> None:
        groups: dict[tuple[object, str], list[Step]] = defaultdict(list)
        for step in steps:
            if step.mention is not None:
                groups[self._scope(step.mention, step.correction.field), step.correction.field].append(step)
        for (_, name), same in groups.items():
            if len({show_value(s.value) for s in same}) > 1:
                disagree(same, name)
                continue
            for step in same:
                self._set_field(step, name)

    def _scope(self, mention: CorrectedMention, name: str) -> object:
        """What one value is given to: a mention; whether somebody is public, to the person."""
        return mention.row["entity_id"] if name == "public" and mention.row["entity_id"] else id(mention)

    def _set_field(self, step: Step, name: str) -> None:
        mention, value = step.mention, step.value
        assert mention is not None
        before = mention.fields.get(name)
        is_same = show_value(before) == show_value(value)
        if name not in mention.stated:
            step.was = show_value(before)
            is_needless = is_same and not mention.is_added and name not in mention.row["inferred"]
            step.status = "needless" if is_needless else "applied"
        if name == "theme_id" and not is_same:
            other = (*step.key[:3], str(value))
            if other in self._mentions:
                step.said = CorrectionError("taken", f"the words tell {value} already; delete this mention instead")
                return
        mention.fields[name] = mention.stated[name] = value

    # --- and then ---

    def finished(self) -> dict[str, list[Row]]:
        """The rows of the article as they are after all corrections."""
        gone = {m.row["mention_id"] for m in self._gone}
        kept = sorted(self._mentions.values(), key=lambda m: (m.row["start"], -m.row["end"]))
        settled = settle_rows(
            [(m.row, m.fields, m.stated) for m in kept], gone, self._rows, self._sentences, self._lexicon
        )
        return self._rows | settled
