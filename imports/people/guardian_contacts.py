"""A guardian's name and telephone, each in a column of its own or both in one cell; what is guessed of that is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from imports.files.cells import Cell, shown
from imports.judges.blanks import Findings, says_nothing
from imports.judges.contacts import NOTE_REMOVED, TWO_PHONES, judge_phone, judge_phones
from imports.judges.dittos import written_out
from imports.judges.kin import KIN_BESIDE, NO_NAME, places_with_kin, remarks_among, shares_its_first_word, without_kin
from imports.judges.name_and_phone import by_parent, parted
from imports.judges.names import NameWords, judge_names, odd_names, tidy_names
from imports.judges.two_names import two_named
from imports.judges.usual_names import is_usual_name
from imports.sheets.columns import FieldCells
from imports.values import Finding, GuardianRead, Severity
from imports.words.relatives import PARENTS, parent_of

Parents = dict[int, tuple[tuple[str | None, str], ...]]  # by a cell's place: father or mother, if that is known, and what is said of each
Note = Callable[[str, str, Findings, list[str | None]], None]  # field of the cells, field of the problems, findings, the values found

_PHONE_BESIDE = Finding(Severity.REPAIR, "phone-beside-name", "A telephone stood beside the name; it was taken as this person's.")
_NAME_BESIDE = Finding(Severity.REPAIR, "name-beside-phone", "A name stood beside the telephone; it was taken as the name of whose it is.")
_TWO_PEOPLE = Finding(Severity.WARNING, "two-people", "Two people stand in one cell; the first was kept.")
_TWO_TAKEN = Finding(Severity.REPAIR, "two-people-taken", "Two people stand in one cell; both were taken.")
_WHOSE_PHONE = Finding(
    Severity.WARNING, "phone-of-two", "Two people stand in one cell; both were taken, the telephone as the first one's. Check whose it is."
)
_PARENT_BESIDE = Finding(
    Severity.REPAIR, "parent-beside-name", "A word such as Bố or Mẹ stood before the name; it was taken to say which parent it is."
)
_REST = Finding(Severity.REPAIR, "rest-removed", "What stands beside name and telephone in the cell was left out.")
_NEITHER = {"guardian": "guardian", "guardian2": "guardian"}
_RELATION_FIRST = re.compile(r"([^\W\d]+(?: [^\W\d]+)?)\s*[:–-]\s*(\S.*)")
_RELATION_LAST = re.compile(r"(.*\S)\s*[(\[–-]\s*([^\W\d]+(?: [^\W\d]+)?)\s*[)\]]?")


@dataclass(slots=True)
class Told:
    """What the columns say of one guardian of each person. `relations`: what a cell itself says which parent it is; `second`: the other
    parent, where a cell names both."""

    names: list[str | None]
    phones: list[str | None]
    relations: dict[int, str] = field(default_factory=dict)
    second: dict[int, GuardianRead] = field(default_factory=dict)


def names_and_phones(cells: FieldCells, role: str, note: Note) -> Told:
    """A column of names comes before one of both, and that before a name in a column of telephones; with telephones likewise."""
    told = _Reading(cells, role, note)
    told.phones_of_their_own()
    told.names_of_their_own()
    told.both()
    told.names_beside_phones()
    return told.told


class _Reading:
    def __init__(self, cells: FieldCells, role: str, note: Note) -> None:
        self.cells, self.role, self.note = cells, role, note
        self.told = Told([None] * cells.count, [None] * cells.count)
        self.notes_of_phones: Findings = []
        self.left_out: Findings = []  # of the cells of one column, beside a name

    def phones_of_their_own(self) -> None:
        column = self.cells.take(f"{self.role}_phone")
        if column is None:
            return
        written, dittos = written_out(column.values)
        self.told.phones, self.notes_of_phones = judge_phones(written)
        self.notes_of_phones += dittos

    def names_of_their_own(self) -> None:
        name = f"{self.role}_name"
        column = self.cells.take(name)
        if column is None:
            return
        words = NameWords()
        written, dittos = written_out(column.values)
        self.left_out += dittos
        places = places_with_kin(written)
        written = self._without_kin(written, places)
        parents = self._by_parent(written, places)
        self.left_out += [(index, _PARENT_BESIDE) for index in parents]
        parents |= self._two_in_one(written, parents)
        if parents:
            written = [parents[index][0][1] if index in parents else cell for index, cell in enumerate(written)]
        names = tidy_names(["" if says_nothing(cell) else cell for cell in written], words)
        words = self._without_remarks(names, written, words)
        odd = odd_names(names, words)
        beside = {index: split for index in odd if (split := self._split(index, written[index], guessed=True))}
        for index, (texts, _) in beside.items():
            names[index] = texts
        self._keep_names(name, names, NameWords() if beside else words)
        self._keep_phones(name, {index: number for index, (_, number) in beside.items()}, _PHONE_BESIDE)
        self._keep_second(name, parents)

    def both(self) -> None:
        name = f"{self.role}_contact"
        column = self.cells.take(name)
        if column is None:
            return
        written, dittos = written_out(column.values)
        self.left_out += dittos
        places = places_with_kin(written)
        written = self._without_kin(written, places)
        parents = self._by_parent(written, places)
        said = [parents[index][0][1] if index in parents else cell for index, cell in enumerate(written)]
        split = [self._split(index, cell, guessed=False) for index, cell in enumerate(said)]
        words = NameWords()
        names = tidy_names([one[0] if one else "" for one in split], words)
        words = self._without_remarks(names, [one[0] if one else "" for one in split], words)
        self._keep_names(name, names, words)
        self._keep_phones(name, {index: one[1] for index, one in enumerate(split) if one and one[1] != ""})
        self._keep_second(name, parents)

    def names_beside_phones(self) -> None:
        """A usual name in a column of telephones, where no other column names this guardian."""
        phone = f"{self.role}_phone"
        column = self.cells.take(phone)
        if column is None:
            return
        if not any(self.told.names):
            found: Findings = []
            for index, finding in self.notes_of_phones:
                texts = parted(column.values[index]).texts if finding is NOTE_REMOVED else ()
                if len(texts) == 1 and _names_somebody(texts[0]):
                    self.told.names[index] = tidy_names([texts[0]], NameWords())[0]
                    found.append((index, _NAME_BESIDE))
            if found:
                self.note(phone, "guardian_name", found, self.told.names)
                places = {index for index, _ in found}
                self.notes_of_phones = [(index, finding) for index, finding in self.notes_of_phones if index not in places]
        self.note(phone, "guardian_phone", self.notes_of_phones, self.told.phones)

    def _without_kin(self, cells: Sequence[Cell], places: Sequence[int]) -> Sequence[Cell]:
        """The cells without a word for a relative beside the name, which says who that is; not where it is the child's family name."""
        children = self.cells.take("full_name") or self.cells.take("family_name") if places else None
        if children:
            places = [index for index in places if not shares_its_first_word(str(cells[index]), shown(children.values[index]))]
        named, relations = without_kin(cells, places, self.role)
        self.left_out += [(index, KIN_BESIDE) for index in relations]
        self.told.relations |= {index: relation for index, relation in relations.items() if relation}
        return named

    def _without_remarks(self, names: list[str], written: Sequence[Cell], words: NameWords) -> NameWords:
        """Blank what is no name, in place; the words of the names that are left."""
        remarks = remarks_among(names, written, words)
        self.left_out += [(index, NO_NAME) for index in remarks]
        for index in remarks:
            names[index] = ""
        left = NameWords() if remarks else words
        tidy_names(names if remarks else [], left)
        return left

    def _two_in_one(self, cells: Sequence[Cell], parents: Parents) -> Parents:
        """Cells that name two people. Where the heading is one parent's, only one is taken; else both, and a telephone in a column
        of its own as the first one's. Either is said."""
        found: Parents = {}
        for index, two in two_named(cells).items():
            if index in parents:
                continue
            if self.role in PARENTS:
                found[index] = (next((one for one in two if one[0] == self.role), two[0]),)
                self.left_out.append((index, _TWO_PEOPLE))
                continue
            found[index] = tuple((relation or _NEITHER.get(self.role), name) for relation, name in two)
            self.left_out.append((index, _TWO_TAKEN if self.told.phones[index] is None else _WHOSE_PHONE))
            if two[0][0]:
                self.told.relations.setdefault(index, two[0][0])
        return found

    def _by_parent(self, cells: Sequence[Cell], places: Sequence[int]) -> Parents:
        """Cells that say themselves which parent they name, or name both; not where the heading names the other one. Where it names one
        of both, that one is meant."""
        wanted = {self.role} if self.role in PARENTS else set(PARENTS)
        found: Parents = {}
        for index in places:
            parents: tuple[tuple[str | None, str], ...] = by_parent(cells[index])
            if len(parents) > len(wanted):
                parents = tuple(one for one in parents if one[0] in wanted)
                self.left_out.append((index, _REST))
            if parents and {parent for parent, _ in parents} <= wanted:
                found[index] = parents
                self.told.relations.setdefault(index, parents[0][0] or "")
        return found

    def _keep_second(self, taken: str, parents: Parents) -> None:
        second = {index: said[1] for index, said in parents.items() if len(said) > 1}
        if not second:
            return
        split = {index: parted(said) for index, (_, said) in second.items()}
        words = NameWords()
        names = tidy_names(
            [split[index].texts[0] if index in split and split[index].texts else "" for index in range(self.cells.count)], words
        )
        findings = judge_names(names, odd_names(names, words))
        findings += [(index, _REST) for index, one in split.items() if len(one.texts) > 1]
        wrong = {index for index, finding in findings if finding.severity is Severity.ERROR}
        kept = [None if index in wrong else name or None for index, name in enumerate(names)]
        self.note(taken, "guardian_name", findings, kept)
        phones, found = judge_phones([" / ".join(split[index].numbers) if index in split else "" for index in range(self.cells.count)])
        self.note(taken, "guardian_phone", found, phones)
        for index, (parent, _) in second.items():
            if kept[index] or phones[index]:
                self.told.second[index] = GuardianRead(parent, kept[index], phones[index], None)

    def _split(self, index: int, cell: Cell, *, guessed: bool) -> tuple[str, Cell] | None:
        """Name and number of a cell. Where nobody said that both stand there (`guessed`), only a telephone for sure is taken out."""
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            return None if guessed and judge_phone(cell)[0] is None else ("", cell)
        texts, numbers = parted(cell)
        if guessed and (not numbers or judge_phone(numbers[0])[0] is None):
            return None
        names = []
        for text in texts:
            name, relation = _without_relation(text, self.role)
            if relation:
                self.told.relations.setdefault(index, relation)
            names += [name] if name else []
        more = names[1:]
        if more:
            self.left_out.append((index, _TWO_PEOPLE if any(map(_names_somebody, more)) else _REST))
        return (names[0] if names else ""), " / ".join(numbers)

    def _keep_names(self, taken: str, names: list[str], words: NameWords) -> None:
        findings = judge_names(names, odd_names(names, words))
        wrong = {index for index, finding in findings if finding.severity is Severity.ERROR}
        kept = [None if index in wrong else name or None for index, name in enumerate(names)]
        self.note(taken, "guardian_name", findings + self.left_out, kept)
        self.left_out = []
        self.told.names = [first or second for first, second in zip(self.told.names, kept, strict=True)] if any(self.told.names) else kept

    def _keep_phones(self, taken: str, numbers: dict[int, Cell], said: Finding | None = None) -> None:
        """`said`: what is to be said of each number that is taken, where it was guessed."""
        findings: Findings = []
        found: list[str | None] = [None] * self.cells.count if numbers else []
        known = self.told.phones
        for index, number in numbers.items():
            phone, finding = judge_phone(number)
            if known[index] is None:
                found[index] = phone
                findings += [(index, one) for one in (said if phone else None, finding) if one]
            elif phone and phone != known[index]:
                findings.append((index, TWO_PHONES))
        if numbers:
            self.note(taken, "guardian_phone", findings, found)
            self.told.phones = [first or second for first, second in zip(known, found, strict=True)]


def _names_somebody(text: str) -> bool:
    """A usual name as names are written: "làm ruộng" begins like one."""
    return is_usual_name(text) and all(word[0].isupper() for word in text.split())


def _without_relation(text: str, role: str) -> tuple[str, str | None]:
    """ "Mẹ: Lê Hoa", "Lê Hoa (mẹ)" or "mẹ" alone, unless the heading names the other parent."""
    alone = parent_of(text)
    if alone and role not in PARENTS.keys() - {alone}:
        return "", alone
    for pattern, word, name in ((_RELATION_FIRST, 1, 2), (_RELATION_LAST, 2, 1)):
        match = pattern.fullmatch(text)
        relation = parent_of(match[word]) if match else None
        if match and relation and role not in PARENTS.keys() - {relation}:
            return match[name], relation
    return text, None
