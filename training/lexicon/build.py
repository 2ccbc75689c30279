"""Counts the words of open text: the lexicon that helps to read handwriting.

    python -m training.lexicon.build --data DIR --out redactor/weights/lexicon

`--data` is the folder of the labeled corpora; only their text is used. The package `symspellpy`
must be installed, for its counts of words and pairs of words.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

import click
import numpy as np

from training.ner.corpora import DEV, TRAIN, Corpus

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_LISTED = re.compile(r"[a-z]+(?:'[a-z]+)?")
_LONGEST = 24  # letters; what is longer is a web address or a slip
# Tweets and posts are full of slips: what stands there once, and nowhere else, is no word.
_UNEDITED = frozenset({"btc", "wnut17"})
_MAIL = next(corpus for corpus in DEV if corpus.name == "uner_ewt-dev")
CORPORA = (*TRAIN, _MAIL)
_BOOKS = "symspellpy"
_BOOK_WORDS = "frequency_dictionary_en_82_765.txt"
_BOOK_PAIRS = "frequency_bigramdictionary_en_243_342.txt"
_SHARE = 0.3  # of the counts of books: they know more words, the corpora know what records say
_TOTAL = 1_000_000_000  # of all counts; a word rarer than one in as many is left out


def count(folder: Path) -> Counter[str]:
    """How often each word, in lower case, stands in the corpora under `folder`."""
    counts: Counter[str] = Counter()
    edited: set[str] = set()
    for corpus in CORPORA:
        words = [word for text in _texts(folder, corpus) for word in _words(text)]
        counts.update(words)
        if corpus.name not in _UNEDITED:
            edited.update(words)
    return Counter({w: n for w, n in counts.items() if n > 1 or w in edited})


def _texts(folder: Path, corpus: Corpus) -> Iterator[str]:
    for name in corpus.files:
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if not corpus.genres or record["genre"] in corpus.genres:
                yield record["text"]


def _words(text: str) -> Iterator[str]:
    for match in _WORD.finditer(text):
        word = match.group().replace("’", "'").lower()
        if len(word) <= _LONGEST and (len(word) > 1 or word in "ai"):
            yield word


def books() -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """The counts of words, and of words that follow each other, in scanned books."""
    words = {row[0]: int(row[1]) for row in _rows(_BOOK_WORDS) if _LISTED.fullmatch(row[0])}
    pairs = {(row[0], row[1]): int(row[2]) for row in _rows(_BOOK_PAIRS)}
    return Counter(words), Counter(pairs)


def _rows(name: str) -> Iterator[list[str]]:
    text = files(_BOOKS).joinpath(name).read_text(encoding="utf-8-sig")
    return (row.split() for row in text.splitlines())


def mixed(counts: Counter[str], others: Counter[str]) -> Counter[str]:
    """Both counts as one of `_TOTAL` words, of which `_SHARE` are the others'."""
    shares = ((1 - _SHARE, counts, counts.total()), (_SHARE, others, others.total()))
    parts = {
        word: sum(share * counted[word] / total for share, counted, total in shares)
        for word in counts.keys() | others.keys()
    }
    return Counter({word: n for word, part in parts.items() if (n := round(_TOTAL * part)) > 0})


def gains(
    words: Counter[str], pairs: Counter[tuple[str, str]], listed: Mapping[str, int]
) -> dict[str, np.ndarray[tuple[int], np.dtype[np.generic]]]:
    """The pairs of listed words as their numbers, in order, and the pointwise mutual information
    of each, in nats."""
    total = words.total()
    rows = sorted(
        (listed[a], listed[b], math.log(n * total / (words[a] * words[b])))
        for (a, b), n in pairs.items()
        if a in listed and b in listed and words[a] and words[b]
    )
    first, second, gained = (np.array(column) for column in zip(*rows, strict=True))
    return {
        "first": first.astype(np.uint32),
        "second": second.astype(np.uint32),
        "gains": gained.astype(np.float16),
    }


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(data: Path, out: Path) -> None:
    """Writes `words.txt`, one "word count" a line, sorted by word, and `pairs.npz`."""
    book_words, book_pairs = books()
    counts = mixed(count(data), book_words)
    words = sorted(counts)
    lines = "".join(f"{word} {counts[word]}\n" for word in words)
    (out / "words.txt").write_text(lines, encoding="ascii")
    listed = {word: number for number, word in enumerate(words)}
    pairs = gains(book_words, book_pairs, listed)
    np.savez_compressed(out / "pairs.npz", allow_pickle=False, **pairs)
    click.echo(f"{len(words)} words, {len(pairs['gains'])} pairs")


if __name__ == "__main__":
    main()
