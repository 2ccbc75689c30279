"""What a rule may say: what it finds, where it applies, what it does. Mistakes name their line."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.errors import BadPolicy, FileAccessError
from redactor.findings import Action
from redactor.geometry import Box
from redactor.policy import files
from redactor.policy.load import digest, load
from redactor.policy.model import PageRanges, Policy, Rule, Settings
from redactor.words import Origin

HEAD = "redactor_policy: 1\nname: x\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rosters").mkdir()
    (tmp_path / "rosters" / "people.csv").write_text("name\nJane Roe\n")
    return tmp_path


def loaded(folder: Path, body: str, name: str = "x.yaml") -> Policy:
    (folder / name).write_text(HEAD + body)
    return load(folder / name)


EVERYTHING = r"""
settings: {ner: [en_core_web_lg, builtin], known_alarms: 1}
rules:
  - {id: names, find: [PERSON], keep: {initials: true}, unless: [Jane Roe], cite: "a law"}
  - {id: old, find: [AGE], over: 89}
  - {id: zips, find: [US_ZIP_CODE], keep: {first: 3, except: ["036", "059"]}}
  - {id: docket, pattern: 'x\d', context: [case], as: CASE, pages: "1, 3-5, 7-"}
  - {id: born, fields: ["Date of birth", DOB], as: DATE_OF_BIRTH, keep: {year: true}}
  - {id: roster, known: rosters/people.csv, as: PERSON, origin: [print, handwriting]}
  - {id: letterhead, area: all, region: [0, 0, 612, 72.5], as: LETTERHEAD}
  - {id: first, area: all, pages: "1", as: COVER, action: review}
  - {id: cards, find: [CREDIT_CARD], keep: {last: 4}}
always: [Project Blue]
subject: rosters/people.csv
tests:
  - {document: samples/form.pdf, redact: [Jane]}
"""


def test_every_key_is_read(folder: Path) -> None:
    policy = loaded(folder, EVERYTHING)
    rules = {rule.id: rule for rule in policy.rules}
    assert policy.settings.ner_models == ("builtin", "en_core_web_lg")
    assert policy.settings.known_alarms == 1
    names = rules["names"]
    assert names.keep is not None and names.keep.initials
    assert (names.unless, names.cite) == (("Jane Roe",), "a law")
    assert rules["old"].over == 89
    assert rules["zips"].keep is not None
    assert (rules["zips"].keep.first, rules["zips"].keep.exceptions) == (3, ("036", "059"))
    assert str(rules["docket"].pages) == "1, 3-5, 7-"
    assert rules["born"].fields == ("Date of birth", "DOB")
    assert rules["roster"].origin == (Origin.PRINT, Origin.HANDWRITING)
    assert rules["letterhead"].region == Box(0, 0, 612, 72.5)
    assert rules["first"].action is Action.REVIEW
    assert [rule.kind for rule in policy.rules] == [
        "find",
        "find",
        "find",
        "pattern",
        "fields",
        "known",
        "area",
        "area",
        "find",
    ]
    assert rules["roster"].labels == ("PERSON",)
    assert rules["cards"].labels == ("CREDIT_CARD",)
    assert [rule.id for rule in policy.rules if rule.is_conditional] == [
        "names",
        "old",
        "docket",
        "roster",
        "letterhead",
        "first",
    ]
    assert policy.always == ("Project Blue",)
    assert policy.tests[0].document is not None
    assert policy.tests[0].document.path == folder / "samples" / "form.pdf"
    assert hash(policy) == hash(loaded(folder, EVERYTHING))


PERSON = "id: a, find: [PERSON]"
NO_REGION = "must be [x0, y0, x1, y1] in points from the top left of the page, x0 < x1"
BAD = {
    # what it finds
    "id: a, fields: [Name]": '3: rules[0]: a rule with "fields" needs "as", the label of what it',
    "id: a, fields: [], as: X": "3: rules[0].fields: must name 1 to 100 captions",
    "id: a, fields: [''], as: X": "3: rules[0].fields[0]: must not be empty",
    "id: a, fields: Name, as: X": "3: rules[0].fields: must be a list",
    "id: a, fields: [Name], as: UNREAD_INK": "3: rules[0].as: UNREAD_INK is reserved",
    "id: a, fields: [Name], as: X, context: [b]": (
        '3: rules[0].context: belongs to a rule with "pattern"'
    ),
    "id: a, find: [URL], as: X": (
        '3: rules[0].as: belongs to a rule with "pattern", "fields", "known" or "area"'
    ),
    "id: a, known: gone.csv, as: X": "3: rules[0].known: there is no such file",
    "id: a, known: rosters, as: X": "3: rules[0].known: not a regular file",
    "id: a, known: /etc/passwd, as: X": "3: rules[0].known: must be a path relative to this file",
    "id: a, known: 'a\\b', as: X": "3: rules[0].known: must be a path relative to this file",
    "id: a, known: ' ', as: X": "3: rules[0].known: must be a path relative to this file",
    "id: a, known: 5, as: X": "3: rules[0].known: must be text",
    'id: a, known: "a\\0b", as: X': "3: rules[0].known: must be a path relative to this file",
    "id: a, known: rosters/people.csv": '3: rules[0]: a rule with "known" needs "as"',
    "id: a, area: all, as: X": '3: rules[0].area: needs "pages", "region" or "origin"',
    "id: a, area: page, as: X, pages: '1'": "3: rules[0].area: must be all",
    "id: a, area: all, pages: '1'": '3: rules[0]: a rule with "area" needs "as"',
    "id: a, area: all, find: [URL], pages: '1'": "3: rules[0]: needs exactly one of",
    # where
    f"{PERSON}, pages: 3": "3: rules[0].pages: must be text (put it in quotes)",
    **{
        f"{PERSON}, pages: '{pages}'": ('3: rules[0].pages: must list pages, such as "1, 3-5, 7-"')
        for pages in ("", "0", "5-3", "1,", "-3", "1-2-3", "x", "1 2", "1;2", "9999999", "+1", "²")
    },
    **{
        f"{PERSON}, region: {region}": f"3: rules[0].region: {NO_REGION}"
        for region in (
            "[0, 0, 612]",
            "[0, 0, 0, 9]",
            "[9, 0, 3, 9]",
            "[0, -1, 3, 9]",
            "[0, 0, 3, 14401]",
            "[0, 0, 3, '9']",
            "[0, 0, 3, true]",
            "{x0: 0}",
            "all",
        )
    },
    f"{PERSON}, origin: []": "3: rules[0].origin: must not be empty",
    f"{PERSON}, origin: print": "3: rules[0].origin: must be a list",
    f"{PERSON}, origin: [ink]": "3: rules[0].origin[0]: must be text_layer, print or handwriting",
    f"{PERSON}, origin: [handwritting]": '(did you mean "handwriting"?)',
    f"{PERSON}, over: 89": "3: rules[0].over: belongs to a rule with find: [AGE]",
    "id: a, find: [AGE, PERSON], over: 89": "3: rules[0].over: belongs to a rule with find: [AGE]",
    "id: a, find: [AGE], over: 89.5": "3: rules[0].over: must be a whole number",
    "id: a, find: [AGE], over: -1": "3: rules[0].over: must be at least 0",
    "id: a, find: [AGE], over: 151": "3: rules[0].over: must be at most 150",
    # what it does
    f"{PERSON}, keep: {{}}": (
        '3: rules[0].keep: needs exactly one of "last", "first", "year" and "initials"'
    ),
    f"{PERSON}, keep: {{last: 4, first: 1}}": "3: rules[0].keep: needs exactly one of",
    f"{PERSON}, keep: {{last: 0}}": "3: rules[0].keep.last: must be at least 1",
    f"{PERSON}, keep: {{first: 21}}": "3: rules[0].keep.first: must be at most 20",
    f"{PERSON}, keep: {{last: '4'}}": "3: rules[0].keep.last: must be a whole number",
    f"{PERSON}, keep: {{year: false}}": "3: rules[0].keep.year: must be true, or be left out",
    f"{PERSON}, keep: {{initials: yes}}": "3: rules[0].keep.initials: must be true or false",
    f"{PERSON}, keep: {{lst: 4}}": ('3: rules[0].keep.lst: unknown key (did you mean "last"?)'),
    f"{PERSON}, keep: {{exceptions: [a]}}": "3: rules[0].keep.exceptions: unknown key",
    f"{PERSON}, keep: {{last: 3, except: ['036']}}": '3: rules[0].keep.except: belongs to "first"',
    f"{PERSON}, keep: {{first: 3, except: ['036', '59']}}": (
        "3: rules[0].keep.except[1]: must be 3 letters or digits"
    ),
    f"{PERSON}, keep: {{first: 3, except: [036]}}": "3: rules[0].keep.except[0]: must be text",
    f"{PERSON}, keep: {{last: 4}}, action: keep": (
        "3: rules[0].keep: says what a redaction leaves, but the action is keep"
    ),
    f"{PERSON}, keep: {{last: 4}}, action: review": "but the action is review",
    "id: a, area: all, as: X, pages: '1', keep: {last: 4}": "3: rules[0].keep: an area is taken",
    "id: a, find: [SIGNATURE, PERSON], keep: {initials: true}": (
        "3: rules[0].keep: SIGNATURE has no text that could stay in part"
    ),
    f"{PERSON}, unless: Jane": "3: rules[0].unless: must be a list",
    f"{PERSON}, unless: [' ']": "3: rules[0].unless[0]: must not be empty",
    f'{PERSON}, cite: "a\\nb"': "3: rules[0].cite: must be one line of at most 300",
    f"{PERSON}, cite: {'a' * 301}": "3: rules[0].cite: must be one line of at most 300",
    "id: always, find: [URL]": "3: rules[0].id: is a reserved id",
    "id: subject, find: [URL]": "3: rules[0].id: is a reserved id",
}


@pytest.mark.parametrize(("rule", "expected"), BAD.items(), ids=[rule[:60] for rule in BAD])
def test_a_bad_rule_is_refused_with_one_line(folder: Path, rule: str, expected: str) -> None:
    with pytest.raises(BadPolicy) as caught:
        loaded(folder, f"rules: [{{{rule}}}]\n")
    said = str(caught.value)
    assert "\n" not in said
    assert said.startswith("x.yaml:3: ")
    assert expected in said
    if expected[0] == "3":
        assert said.startswith(f"x.yaml:{expected}")


BAD_PARTS = {
    "settings: {ner: [builtin, builtin]}": "3: settings.ner[1]: is listed twice",
    "settings: {ner: []}": "3: settings.ner: must not be empty",
    "settings: {ner: [builtin, en]}": "3: settings.ner[1]: must be builtin or",
    "settings: {ner: {a: b}}": "3: settings.ner: must be builtin or",
    "settings: {known_alarms: 0.05}": "3: settings.known_alarms: must be at least 0.1",
    "settings: {known_alarms: 2.5}": "3: settings.known_alarms: must be at most 2",
    "subject: gone.csv": "3: subject: there is no such file",
    "subject: [a]": "3: subject: must be text",
    "always: ['']": "3: always[0]: must not be empty",
    "never: [a]\nalways: [b, 'A ']": '4: always[1]: is listed under "never", too',
    "tests: [{document: 5}]": "3: tests[0].document: must be text",
}


@pytest.mark.parametrize(("body", "expected"), BAD_PARTS.items(), ids=list(BAD_PARTS))
def test_other_bad_parts(folder: Path, body: str, expected: str) -> None:
    with pytest.raises(BadPolicy) as caught:
        loaded(folder, body + "\n")
    assert str(caught.value).startswith(f"x.yaml:{expected}")


# Pages


def test_pages() -> None:
    pages = PageRanges.parse(" 1 ,3-5, 7 - ")
    assert [n for n in range(1, 12) if pages.contains(n)] == [1, 3, 4, 5, 7, 8, 9, 10, 11]
    assert str(pages) == "1, 3-5, 7-"


_NUMBER = st.integers(1, 999_999)
_RANGES = st.lists(
    st.tuples(_NUMBER, st.none() | _NUMBER).filter(lambda r: r[1] is None or r[0] <= r[1]),
    min_size=1,
    max_size=5,
)


@given(_RANGES)
def test_pages_read_what_they_write(ranges: list[tuple[int, int | None]]) -> None:
    pages = PageRanges(tuple(ranges))
    assert PageRanges.parse(str(pages)) == pages


@given(st.text(max_size=20))
def test_any_text_is_pages_or_refused(text: str) -> None:
    try:
        pages = PageRanges.parse(text)
    except ValueError:
        return
    assert PageRanges.parse(str(pages)) == pages


# Rosters


def test_a_roster_counts_by_its_bytes_not_by_its_place(folder: Path) -> None:
    body = "rules: [{id: a, known: rosters/people.csv, as: PERSON}]\n"
    one = loaded(folder, body)
    assert one.rules[0].known is not None
    assert one.rules[0].known.path == folder / "rosters" / "people.csv"
    content = (folder / "rosters" / "people.csv").read_bytes()
    assert one.rules[0].known.sha256 == hashlib.sha256(content).hexdigest()
    assert one.rules[0].known.read() == content
    (folder / "here.csv").write_bytes(content)
    other = loaded(folder, "rules: [{id: a, known: here.csv, as: PERSON}]\n")
    assert digest(one) == digest(other)
    assert str(folder) not in one.model_dump_json()
    (folder / "here.csv").write_bytes(content + b"John Doe\n")
    assert digest(one) != digest(loaded(folder, "rules: [{id: a, known: here.csv, as: PERSON}]\n"))


def test_a_roster_that_changed_after_loading_is_refused(folder: Path) -> None:
    subject = loaded(folder, "subject: rosters/people.csv\n").subject
    assert subject is not None
    (folder / "rosters" / "people.csv").write_text("name\n")
    with pytest.raises(FileAccessError, match="was changed since the policy was loaded"):
        subject.read()


def test_a_roster_has_a_limit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 5)
    with pytest.raises(BadPolicy, match="3: subject: larger than 5 bytes"):
        loaded(folder, "subject: rosters/people.csv\n")


def test_rosters_lie_beside_the_policy_that_names_them(folder: Path) -> None:
    (folder / "rosters" / "base.yaml").write_text(
        HEAD + "subject: people.csv\nrules: [{id: a, known: ./people.csv, as: PERSON}]\n"
    )
    policy = loaded(folder, "extends: rosters/base.yaml\n")
    assert policy.subject == policy.rules[0].known
    assert policy.subject is not None
    assert policy.subject.path == folder / "rosters" / "people.csv"


# Extending, and digests


def test_always_unites_and_a_childs_subject_replaces(folder: Path) -> None:
    (folder / "me.csv").write_text("name\nJohn Doe\n")
    (folder / "base.yaml").write_text(
        HEAD + "always: [one, two]\nsubject: rosters/people.csv\nsettings: {known_alarms: 1}\n"
    )
    child = loaded(folder, "extends: ./base.yaml\nalways: [two, three]\nsubject: me.csv\n")
    assert child.always == ("one", "two", "three")
    assert child.subject is not None
    assert child.subject.path == folder / "me.csv"
    assert child.settings.known_alarms == 1


@pytest.mark.parametrize(
    ("parent", "child", "expected"),
    [
        ("never: [b]\n", "always: [a, B]\n", 'always[1]: is listed under "never" in what this'),
        ("always: [b]\n", "never: [a, B]\n", 'never[1]: is listed under "always" in what this'),
    ],
)
def test_never_and_always_may_not_contradict(
    folder: Path, parent: str, child: str, expected: str
) -> None:
    (folder / "base.yaml").write_text(HEAD + parent)
    with pytest.raises(BadPolicy) as caught:
        loaded(folder, f"extends: ./base.yaml\n{child}")
    assert str(caught.value).startswith(f"x.yaml:4: {expected}")


def test_a_label_may_come_from_any_rule_with_as(folder: Path) -> None:
    policy = loaded(
        folder,
        "rules: [{id: a, find: [COVER]}, {id: b, area: all, pages: '1', as: COVER}]\n",
    )
    assert policy.rules[0].find == ("COVER",)


def test_keys_of_later_versions_leave_the_digest_of_older_policies_alone(folder: Path) -> None:
    plain = digest(loaded(folder, "rules: [{id: a, find: [AGE]}]\n"))
    stated = (
        "settings: {known_alarms: 0.3}\nrules: [{id: a, find: [AGE], unless: []}]\nalways: []\n"
    )
    assert digest(loaded(folder, stated)) == plain
    for more in ("over: 89", "keep: {last: 1}", "pages: '1'", "cite: x", "unless: [x]"):
        assert digest(loaded(folder, f"rules: [{{id: a, find: [AGE], {more}}}]\n")) != plain


def test_the_order_in_which_models_are_named_does_not_matter() -> None:
    one = Settings(ner=("builtin", "en_core_web_sm"))
    assert one == Settings.model_validate({"ner": ["en_core_web_sm", "builtin"]})
    assert Settings.model_validate({"ner": ["builtin"]}) == Settings()


def test_a_rule_of_python_may_hold_values() -> None:
    pages = PageRanges(((2, None),))
    rule = Rule(id="a", find=("URL",), pages=pages, region=Box(0, 0, 1, 1))
    assert (rule.pages, rule.region) == (pages, Box(0, 0, 1, 1))
