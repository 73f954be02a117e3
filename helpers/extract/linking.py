"""Mentions of one person or document within an article get one entity id.

Short and bare mentions take what they leave out (rank, function, the full name) from the full ones; such
fields are named in `inferred`. Two names that differ in one word but share rank, given name and function
are one entity with a `conflict`: the article names one person in two ways, and nothing here decides which
is right.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from helpers.extract.span import Mention, Reading, start_of
from helpers.normalize import search_form

_COMPLETED = ("rank", "function", "organisation", "place")
_PRIVATE_RULES = frozenset(("role_before_name", "role_after_name"))
#: what a court calls the accused: the person named before, whatever office he held
_COURT_ROLES = frozenset(("bị cáo", "bị can"))
_HONORIFIC_SEX = {"ông": "m", "anh": "m", "chú": "m", "bà": "f", "chị": "f", "cô": "f"}


@dataclass(slots=True)
class _Person:
    """One person of the article: the folded full name, and its mentions."""

    name: tuple[str, ...]
    mentions: list[Mention] = field(default_factory=list)
    entity: int = 0
    #: short mentions that may be those of a namesake without a function: not made public by this one's
    doubtful: set[int] = field(default_factory=set)

    def first(self, column: str) -> object:
        """What the mentions say of `column` first."""
        for mention in self.mentions:
            if value := mention.fields.get(column):
                return value
        return None

    @property
    def is_masked(self) -> bool:
        """Whether the article shows this person as a suspect, a victim or a witness."""
        return bool(self.first("masked"))


def link_people(reading: Reading, people: list[Mention]) -> None:
    """Sets `entity_id` of people, completes short mentions, and marks conflicts; changes the mentions
    given.
    """
    persons = _group(reading, people)
    _number(persons)
    for person in persons:
        for mention in person.mentions:
            mention.entity_id = f"{reading.document.doc_id}:person-{person.entity}"
        _complete(person)
    for mention in people:
        mention.fields.pop("masked", None)
    by_entity: dict[int, list[_Person]] = {}
    for person in persons:
        by_entity.setdefault(person.entity, []).append(person)
    for doubles in by_entity.values():
        for person in doubles if len(doubles) > 1 else ():
            other = doubles[0] if person is not doubles[0] else doubles[1]
            for mention in person.mentions:
                mention.fields["conflict"] = other.mentions[0].fields["name"]


def _group(reading: Reading, people: list[Mention]) -> list[_Person]:
    """Mentions by full name; short ones with the bearer named last before them, else first after them."""
    folded = {id(m): _name_words(reading.search[m.start : m.end]) for m in people}
    by_name: dict[tuple[str, ...], _Person] = {}
    shorts = []
    endings = {name[i:] for name in folded.values() for i in range(1, len(name))}
    for mention in sorted(people, key=start_of):
        name = folded[id(mention)]
        if name in endings:
            shorts.append(mention)
        else:
            by_name.setdefault(name, _Person(name)).mentions.append(mention)
    bearers: dict[tuple[str, ...], list[_Person]] = {}
    for person in by_name.values():
        for i in range(1, len(person.name)):
            bearers.setdefault(person.name[i:], []).append(person)
    by_first: dict[tuple[str, ...], list[_Person]] = {}
    for person in [*by_name.values()]:
        if len(person.name) > 1:
            by_first.setdefault(person.name[:1], []).append(person)
    for name, persons in by_first.items():
        # "Bà Park", "ông Tập": abroad the family name alone stands for the person
        if len(persons) == 1 and name in by_name and persons[0].mentions[0].start < by_name[name].mentions[0].start:
            persons[0].mentions += by_name.pop(name).mentions
            persons[0].mentions.sort(key=start_of)
    for mention in shorts:
        bearer = _bearer(mention, namesakes := bearers.get(folded[id(mention)], []))
        if bearer is None:
            bearer = by_name.setdefault(folded[id(mention)], _Person(folded[id(mention)]))
        elif any(bool(p.first("public")) != bool(bearer.first("public")) for p in namesakes):
            bearer.doubtful.add(id(mention))
        bearer.mentions.append(mention)
        bearer.mentions.sort(key=start_of)
    return sorted(by_name.values(), key=lambda p: p.mentions[0].start)


def _bearer(mention: Mention, persons: list[_Person]) -> _Person | None:
    """Of the persons whose names end as the mention does, the one named last before it, else first after
    it.
    """
    fitting = [p for p in persons if _agrees(mention, p)]
    before = [p for p in fitting if p.mentions[0].start < mention.start]
    if before:
        return max(before, key=lambda p: max(m.start for m in p.mentions if m.start < mention.start))
    return fitting[0] if fitting else None


def _agrees(mention: Mention, person: _Person) -> bool:
    """Whether a short mention's rank and honorific fit a person: `Đại tá Phương` is no `bà Trần Thị
    Phương`.
    """
    is_private = mention.rule in _PRIVATE_RULES and not any(m.rule in _PRIVATE_RULES for m in person.mentions)
    is_tried = _folded(mention.fields.get("function")) in _COURT_ROLES
    if is_private and person.first("public") and not (is_tried or person.is_masked):
        return False  # "đối tượng Hùng" is not ông Trần Văn Hùng, Chủ tịch UBND xã
    rank, its_rank = _folded(mention.fields.get("rank")), _folded(person.first("rank"))
    if rank and rank != its_rank and (its_rank or person.first("honorific") in ("bà", "chị")):
        return False
    sex = _HONORIFIC_SEX.get(_folded(mention.fields.get("honorific")) or "")
    its_sex = _HONORIFIC_SEX.get(_folded(person.first("honorific")) or "") or (
        "f" if "thị" in person.name[1:-1] else None
    )
    return not (sex and its_sex and sex != its_sex)


def _number(persons: list[_Person]) -> None:
    """Numbers the persons in reading order; suspected doubles get one number."""
    offices: dict[tuple[str, str | None], list[_Person]] = {}
    for i, person in enumerate(persons):
        alike = offices.setdefault((person.name[-1], _folded(person.first("function"))), [])
        double = next((p for p in alike if _is_double(p, person)), None)
        person.entity = double.entity if double else i + 1
        alike.append(person)


def _is_double(a: _Person, b: _Person) -> bool:
    """Whether two names may be one person: one word differs, the given name and the function do not."""
    if len(a.name) != len(b.name) or len(a.name) < 3 or a.name[-1] != b.name[-1]:
        return False
    if sum(x != y for x, y in zip(a.name, b.name, strict=True)) != 1:
        return False
    ranks = _folded(a.first("rank")), _folded(b.first("rank"))
    functions = _folded(a.first("function")), _folded(b.first("function"))
    places = _folded(a.first("organisation")) or "", _folded(b.first("organisation")) or ""
    same_office = (
        bool(functions[0])
        and functions[0] == functions[1]
        and (places[0].startswith(places[1]) or places[1].startswith(places[0]))
    )
    # Two neighbours may share a middle and a given name; an office is held by one.
    is_public = bool(a.first("public")) and bool(b.first("public"))
    return is_public and ranks[0] == ranks[1] and same_office


def _complete(person: _Person) -> None:
    """Fills what a person's mentions leave out from the others."""
    if person.is_masked:
        for mention in person.mentions:
            mention.fields["public"] = False
    if len(person.mentions) == 1:
        return
    stated = {column: person.first(column) for column in (*_COMPLETED, "public")}
    full = next((m for m in person.mentions if len(_name_words(str(m.fields["name"]))) == len(person.name)), None)
    name = (full or person.mentions[0]).fields["name"]
    folded = _folded(name)
    for mention in person.mentions:
        added = []
        if _folded(mention.fields["name"]) != folded:
            mention.fields["name"] = name
            added.append("name")
        # a function of its own names its own office
        has_office = bool(mention.fields.get("function"))
        for column, value in stated.items():
            if column == "public" and id(mention) in person.doubtful:
                continue
            if value and not mention.fields.get(column) and not (has_office and column in ("organisation", "place")):
                mention.fields[column] = value
                added.append(column)
        mention.inferred = (*mention.inferred, *added)


def _name_words(name: str) -> tuple[str, ...]:
    """The words of a name; initials count as words: `T.V.Đ` is the one whom `Đ.` stands for.

    >>> _name_words("Nguyễn Thị T."), _name_words("T.V.Đ")
    (('nguyễn', 'thị', 't'), ('t', 'v', 'đ'))
    """
    return tuple(search_form(name).replace(".", " ").split())


def _folded(value: object) -> str | None:
    return search_form(str(value)) if value else None


_DOCUMENT_FIELDS = ("number", "symbol", "year", "issuer", "issued_on", "subject")


def link_documents(reading: Reading, documents: list[Mention]) -> None:
    """Sets `entity_id` of documents and completes later mentions; changes the mentions given."""
    known: list[tuple[str, str, list[Mention]]] = []
    for mention in sorted(documents, key=start_of):
        _document_entity(mention, known).append(mention)
    for i, (_, _, mentions) in enumerate(known):
        # The mention that states most is the one that introduces the document.
        fullest = sorted(mentions, key=lambda m: -sum(bool(m.fields.get(c)) for c in _DOCUMENT_FIELDS))
        stated = {
            c: next((m.fields[c] for m in fullest if m.fields.get(c)), None)
            for c in (*_DOCUMENT_FIELDS, "name", "type")
        }
        for mention in mentions:
            mention.entity_id = f"{reading.document.doc_id}:document-{i + 1}"
            added = [c for c, value in stated.items() if value and not mention.fields.get(c)]
            mention.fields |= {c: stated[c] for c in added}
            mention.inferred = (*mention.inferred, *added)


def _document_entity(mention: Mention, known: list[tuple[str, str, list[Mention]]]) -> list[Mention]:
    """The mentions of the document that `mention` names; a new list where it is the first."""
    kind, key = _folded(mention.fields.get("type")) or "", _document_key(mention)
    year = mention.fields.get("year")
    if mention.rule in ("bare_type", "policy_word"):
        fitting = [entry for entry in known if not kind or entry[0] == kind]
        if fitting:  # the one named last
            return max(fitting, key=lambda entry: entry[2][-1].start)[2]
    for entry in known:
        years = {m.fields.get("year") for m in entry[2]} - {None}
        if entry[:2] == (kind, key) and (not year or not years or year in years):
            return entry[2]
    known.append((kind, key, []))
    return known[-1][2]


def _document_key(mention: Mention) -> str:
    number = mention.fields.get("number")
    if number and not mention.rule.startswith("law_"):  # a law is one by its title, cited with its number or not
        return str(number).lstrip("0")
    letters = search_form(str(mention.fields.get("name") or ""))
    return " ".join("".join(c if c.isalnum() else " " for c in letters).replace(" và ", " ").split())
