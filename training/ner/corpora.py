"""Reading the labeled corpora and mapping their labels onto the four that we train.

Every corpus has its own idea of what an entity is. Two rules keep the mixture honest:

* A span that the mapping drops, although the corpus did label it, is either plainly not an entity
  for us (a nationality, a role word) and becomes ordinary text, or it is doubtful (a case name that
  holds two parties' names) and becomes *missing*: the model is neither rewarded nor punished there.
* What a corpus never labels is missing too, not negative. Dates are unlabeled in the tweets and in
  the Wikipedia and contract texts, so whatever looks like a date there is missing; court preambles
  label the parties once and skip relatives, so capitalized words outside spans are missing there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

PERSON = "PERSON"
LOCATION = "LOCATION"
ORGANIZATION = "ORGANIZATION"
DATE = "DATE"
LABELS = (PERSON, LOCATION, ORGANIZATION, DATE)

Span = tuple[int, int, str]
Gap = tuple[int, int]


@dataclass
class Sample:
    """A text, its entities, and the stretches where nobody knows (``missing``)."""

    text: str
    spans: list[Span] = field(default_factory=list)
    missing: list[Gap] = field(default_factory=list)


@dataclass(frozen=True)
class Corpus:
    """Where a corpus lies and which of its types mean what."""

    name: str
    files: tuple[str, ...]
    license: str
    source: str
    labels: dict[str, str]
    dates_labeled: bool = False
    unsure: frozenset[str] = frozenset()
    genres: frozenset[str] = frozenset()
    share: float = 1.0  # of its chunks that are used in each pass


_PLO = {"PER": PERSON, "LOC": LOCATION, "ORG": ORGANIZATION}
_WNUT = {
    "person": PERSON,
    "location": LOCATION,
    "corporation": ORGANIZATION,
    "group": ORGANIZATION,
}
_TAB = {"PERSON": PERSON, "LOC": LOCATION, "ORG": ORGANIZATION, "DATETIME": DATE}
_GUM = {"PERSON": PERSON, "LOC": LOCATION, "ORG": ORGANIZATION, "DATE": DATE}
_PARTY = "PARTY"
_INLEGAL = {
    **dict.fromkeys(("LAWYER", "JUDGE", "WITNESS", "OTHER_PERSON"), PERSON),
    **dict.fromkeys(("PETITIONER", "RESPONDENT"), _PARTY),
    **dict.fromkeys(("COURT", "ORG"), ORGANIZATION),
    "GPE": LOCATION,
    "DATE": DATE,
}
_RE3D = {
    "Person": PERSON,
    "Location": LOCATION,
    "Organisation": ORGANIZATION,
    "Temporal": DATE,
}

TRAIN: tuple[Corpus, ...] = (
    Corpus(
        "tab144",
        ("tab144/train.jsonl",),
        "MIT",
        "Text Anonymization Benchmark, Pilan et al. 2022 (144-document extract)",
        _TAB,
        dates_labeled=True,
        unsure=frozenset({"MISC"}),
    ),
    Corpus(
        "wnut17",
        ("wnut17/train.jsonl",),
        "CC BY 4.0",
        "WNUT-17 emerging entities, Derczynski et al. 2017",
        _WNUT,
        share=0.6,
    ),
    Corpus(
        "btc",
        ("btc/train.jsonl",),
        "CC BY 4.0",
        "Broad Twitter Corpus, Derczynski et al. 2016",
        _PLO,
        share=0.5,
    ),
    Corpus(
        "wikigold", ("wikigold/all.jsonl",), "CC BY 4.0", "WikiGold, Balasuriya et al. 2009", _PLO
    ),
    Corpus(
        "re3d",
        ("re3d/train.jsonl",),
        "OGL 3.0, CC BY-SA 3.0, CC BY 3.0 AU and US public domain, by source",
        "Relationship and Entity Extraction Evaluation Dataset, Dstl 2017",
        _RE3D,
        dates_labeled=True,
    ),
    Corpus(
        "inlegalner",
        ("inlegalner/train60.jsonl",),
        "Apache-2.0",
        "InLegalNER, Kalamkar et al. 2022",
        _INLEGAL,
        unsure=frozenset({"PRECEDENT"}),
    ),
    Corpus(
        "sec_filings",
        ("sec_filings/train.jsonl",),
        "CC BY 3.0",
        "SEC loan agreements, Salinas Alvarado et al. 2015",
        _PLO,
    ),
    Corpus(
        "gum",
        ("gum/train.jsonl",),
        "annotations CC BY 4.0; texts CC BY (academic, court, interview, news) and "
        "CC BY-SA (bio, voyage)",
        "Georgetown University Multilayer corpus, Zeldes; six genres only",
        _GUM,
        genres=frozenset({"academic", "bio", "court", "interview", "news", "voyage"}),
    ),
)

_MEASURE_ONLY = "measured only"
DEV: tuple[Corpus, ...] = (
    Corpus("tab144-dev", ("tab144/dev.jsonl",), _MEASURE_ONLY, "court", _TAB, dates_labeled=True),
    Corpus("gum-dev", ("gum/dev.jsonl",), _MEASURE_ONLY, "mixed", _GUM, dates_labeled=True),
    Corpus("uner_ewt-dev", ("uner_ewt/dev.jsonl",), _MEASURE_ONLY, "web, e-mail", _PLO),
    Corpus("btc-dev", ("btc/dev.jsonl",), _MEASURE_ONLY, "tweets", _PLO),
    Corpus("wnut17-dev", ("wnut17/dev.jsonl",), _MEASURE_ONLY, "social media", _WNUT),
    Corpus(
        "presidio",
        ("presidio_research/generated_large.jsonl",),
        _MEASURE_ONLY,
        "synthetic sentences",
        {
            "PERSON": PERSON,
            "LOCATION": LOCATION,
            "ADDRESS": LOCATION,
            "ORGANIZATION": ORGANIZATION,
            "DATE_TIME": DATE,
        },
        dates_labeled=True,
    ),
    Corpus(
        "ambientmeta",
        ("ambientmeta/ambiguous.jsonl", "ambientmeta/contextual.jsonl"),
        _MEASURE_ONLY,
        "hard cases",
        {"PERSON": PERSON, "LOCATION": LOCATION, "ORGANIZATION": ORGANIZATION},
    ),
)


def _words_of(block: str) -> frozenset[str]:
    return frozenset(block.split())


TITLES = _words_of(
    """mr mrs ms miss mx dr prof professor sir dame lord lady madam judge justice hon honorable
    honourable rev reverend father fr sister brother sgt sergeant col colonel gen general lt
    lieutenant capt captain cpl major maj adm admiral cmdr commander officer detective det
    inspector constable ct president minister secretary foreign office fco prime deputy
    special advisor senator sen rep representative congressman governor gov mayor chancellor
    king queen prince princess emperor pope bishop archbishop cardinal saint sheikh imam rabbi
    smt sh shri sri kumari adv advocate attorney ambassador us u.s. uk army of state for
    middle east the vice chief director chairman coach aunt uncle"""
)
_PRONOUNS = _words_of(
    """i he she we they me him her us them it my his our their its you your who myself himself
    herself themselves here there"""
)
_ROLE_WORDS = _words_of(
    """borrower lender agent company bank guarantor seller purchaser buyer trustee holder obligor
    grantor parent subsidiary party parties administrative collateral issuer tenant landlord
    lessor lessee licensor licensee contractor employer employee executive co-borrower the a
    an and or president man muslims arabs christians jews lords lord americans tsar king queen
    god mother father mom dad anonymous court government applicant plaintiff defendant"""
)
_COUNTRIES = _words_of(
    """argentina armenia australia austria azerbaijan belgium brazil bulgaria canada chile china
    colombia croatia cuba cyprus denmark egypt england estonia ethiopia finland france georgia
    germany ghana greece hungary india indonesia iran iraq ireland israel italy jamaica japan
    jordan kenya korea lebanon malaysia mexico moldova morocco nepal netherlands nigeria
    norway pakistan panama peru philippines poland portugal romania russia scotland serbia
    singapore slovakia slovenia spain sweden switzerland syria taiwan thailand tunisia turkey
    uganda ukraine uk usa us u.s. u.s u.k. vietnam wales yemen zimbabwe america europe"""
) | {"united states", "united kingdom", "new zealand", "south korea", "north korea", "south africa"}
_ORG_WORDS = re.compile(
    r"\b(?:ltd|limited|inc|corp|corporation|co|company|bank|state|government|govt|union|ministry|"
    r"board|commission|commissioner|department|dept|director|secretary|officer|council|municipal|"
    r"university|school|college|institute|industries|society|association|trust|authority|club|"
    r"works|forces|office|police|insurance|enterprises|services|india|tribunal|court|federation|"
    r"sangh|samiti|mills|agency|collector|registrar|principal|dean|chairman|superintendent|"
    r"inspector|station|nagar|panchayat|central|national|district)\b",
    re.IGNORECASE,
)

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:mon|tues?|wednes|thurs?|fri|satur|sun)day|\b(?:mon|tue|wed|thu|fri|sat)\b"
DATE_LIKE = re.compile(
    rf"\b(?:{_WEEKDAY})\b|"
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s+(?:day\s+)?(?:of\s+)?)?{_MONTH}\b(?:,?\s+(?:19|20)\d\d)?|"
    rf"\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:\s*,?\s*(?:19|20)\d\d)?|"
    rf"\b{_MONTH}\s*,?\s*(?:of\s+)?(?:1[5-9]|20)\d\d\b|"
    r"\b(?:january|february|april|june|july|august|september|october|november|december)\b|"
    r"\b(?:in|since|last|next|until|by|early|late|mid)\s+(?:march|may)\b|"
    r"\b\d{1,4}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2,4}\b|\b\d{1,2}/\d{1,2}\b|"
    r"\b(?:1[5-9]|20)\d\ds?\b|"
    r"\b(?:today|tomorrow|yesterday|tonight|christmas|easter|thanksgiving|new year|spring|summer|"
    r"autumn|winter)\b|"
    r"\b(?:last|next|past|this)\s+(?:week|month|year|night|weekend|decade|century)s?\b|"
    r"\b\w+\s+(?:day|week|month|year|decade|hour)s?\s+(?:ago|later|earlier)\b",
    re.IGNORECASE,
)
_DATE_ANCHOR = re.compile(rf"\b(?:{_MONTH}|{_WEEKDAY}|(?:1[5-9]|20)\d\d)\b|\d+[/.\-]\d+", re.I)
_CAPITALIZED = re.compile(r"\b[A-Z][\w.'-]*")

_EDGES = ",;:\"'([-\u201c\u201d\u2018\u2019"
_QUIET = ".,'\u2019"


def strip_titles(text: str, start: int, end: int) -> Gap:
    """Move ``start`` past forms of address, since most corpora leave them outside the name."""
    while True:
        match = re.match(r"(\S+)\s+(?=\S)", text[start:end])
        if match is None or match.group(1).rstrip(".,").lower() not in TITLES:
            return start, end
        start += match.end()


def _trim(text: str, start: int, end: int) -> Gap:
    """Drop blanks and stray punctuation from both ends of a span."""
    while start < end and (text[start].isspace() or text[start] in _EDGES):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _EDGES):
        end -= 1
    return start, end


def _is_handle(text: str, start: int) -> bool:
    return text[start : start + 1] == "@" or text[max(0, start - 2) : start].strip() == "@"


def _words(piece: str) -> list[str]:
    return [word.strip(_QUIET).lower() for word in piece.split()]


def _map_person(text: str, start: int, end: int) -> Span | None:
    """A person span as we want it; None when it holds no name."""
    if _is_handle(text, start):
        return None
    start, end = strip_titles(text, *_trim(text, start, end))
    words = _words(text[start:end])
    if not words or all(w in _PRONOUNS or w in _ROLE_WORDS or w in TITLES for w in words):
        return None
    if words[0] in {"the", "his", "her", "my", "another", "a", "an", "one", "some"}:
        return None
    if " ".join(words) in _COUNTRIES:
        return start, end, LOCATION
    return start, end, PERSON


def _map_party(text: str, start: int, end: int) -> Span | None:
    """A litigant is a person unless its name says office or company."""
    piece = text[start:end]
    if _ORG_WORDS.search(piece):
        is_short = "\n" not in piece and len(piece.split()) <= 7
        return (start, end, ORGANIZATION) if is_short else None
    if len(piece.split()) > 6 or any(c.isdigit() for c in piece):
        return None
    return _map_person(text, start, end)


def _map_place_or_org(text: str, start: int, end: int, label: str) -> Span | None:
    """Names only: drop pronouns and common-noun phrases, and unify countries as places."""
    if _is_handle(text, start):
        return None
    start, end = _trim(text, start, end)
    article = re.match(r"(?:the|The|an|a)\s+(?=[A-Z])", text[start:end])
    if article is not None:
        start += article.end()
    words = _words(text[start:end])
    if not words or all(word in _PRONOUNS for word in words):
        return None
    if " ".join(words) in _COUNTRIES:
        return start, end, LOCATION
    return start, end, label


def _map_date(text: str, start: int, end: int) -> Span | None:
    """Calendar dates only; durations and ages are another tool's job."""
    if _DATE_ANCHOR.search(text[start:end]) is None:
        return None
    return (*_trim(text, start, end), DATE)


def map_span(corpus: Corpus, text: str, start: int, end: int, kind: str) -> Span | None:
    """Translate one corpus span; None when it is not an entity for us."""
    label = corpus.labels.get(kind)
    if label is None or start >= end:
        return None
    if label == PERSON:
        return _map_person(text, start, end)
    if label == _PARTY:
        return _map_party(text, start, end)
    if label == DATE:
        return _map_date(text, start, end)
    mapped = _map_place_or_org(text, start, end, label)
    if mapped is not None and corpus.name == "re3d" and text[mapped[0]].islower():
        return None  # re3d labels noun phrases such as "the city"
    return mapped


def _without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """Longest first, because nested spans cannot be trained."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (s[0] - s[1], s[0])):
        if span[0] < span[1] and all(span[1] <= k[0] or span[0] >= k[1] for k in kept):
            kept.append(span)
    return sorted(kept)


def _gaps(corpus: Corpus, text: str, raw: list[Span], kept: list[Span]) -> list[Gap]:
    """The stretches where this corpus says nothing that we can trust."""
    gaps = [(s, e) for s, e, kind in raw if kind in corpus.unsure]
    dropped_dates = [(s, e) for s, e, kind in raw if corpus.labels.get(kind) == DATE]
    gaps += [g for g in dropped_dates if not any(k[0] < g[1] and g[0] < k[1] for k in kept)]
    if corpus.name == "inlegalner":
        parties = [(s, e) for s, e, k in raw if corpus.labels.get(k) == _PARTY]
        gaps += [g for g in parties if not any(k[0] < g[1] and g[0] < k[1] for k in kept)]
        if text.count("\n") >= 3:
            gaps += [match.span() for match in _CAPITALIZED.finditer(text)]
    if not corpus.dates_labeled:
        gaps += [match.span() for match in DATE_LIKE.finditer(text)]
    return gaps


def read_corpus(corpus: Corpus, data: Path) -> Iterator[Sample]:
    """Yield every document of a corpus with its labels mapped."""
    for name in corpus.files:
        with (data / name).open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if corpus.genres and row["genre"] not in corpus.genres:
                    continue
                text: str = row["text"]
                raw: list[Span] = [(int(s), int(e), str(k)) for s, e, k in row["spans"]]
                mapped = (map_span(corpus, text, *span) for span in raw)
                kept = _without_overlaps(span for span in mapped if span is not None)
                yield Sample(text, kept, _gaps(corpus, text, raw, kept))


def cut(sample: Sample, start: int, end: int) -> Sample:
    """The part of a sample between two offsets; spans that cross an edge are left out."""
    spans = [(s - start, e - start, k) for s, e, k in sample.spans if start <= s and e <= end]
    gaps = [
        (max(s, start) - start, min(e, end) - start)
        for s, e in sample.missing
        if s < end and e > start
    ]
    return Sample(sample.text[start:end], spans, gaps)


def chunks(sample: Sample, words: int = 90) -> Iterator[Sample]:
    """Split a document at sentence or line ends into pieces of about ``words`` words.

    Short pieces make even batches and let every piece be augmented differently.
    """
    start, count, previous = 0, 0, 0
    text = sample.text
    for match in re.finditer(r"\S+\s*", text):
        count += 1
        token, end = match.group(), match.end()
        ends_here = "\n" in token or token.rstrip()[-1] in ".?!;"
        crosses = any(s < end < e for s, e, _ in sample.spans)
        if count >= words and (ends_here or count >= 2 * words) and not crosses:
            yield cut(sample, start, end)
            start, count = end, 0
        previous = end
    if start < previous:
        yield cut(sample, start, previous)
