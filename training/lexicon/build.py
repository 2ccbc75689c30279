"""Counts the words of open text: the lexicon that helps to read handwriting.

    python -m training.lexicon.build --data DIR --out redactor/weights/lexicon/words.txt

`--data` is the folder of the labeled corpora; only their text is used.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from training.ner.corpora import DEV, TRAIN, Corpus

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_LONGEST = 24  # letters; what is longer is a web address or a slip
# Tweets and posts are full of slips: what stands there once, and nowhere else, is no word.
_UNEDITED = frozenset({"btc", "wnut17"})
_MAIL = next(corpus for corpus in DEV if corpus.name == "uner_ewt-dev")
CORPORA = (*TRAIN, _MAIL)


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


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path))
def main(data: Path, out: Path) -> None:
    """Writes one "word count" a line, sorted by word."""
    counts = count(data)
    lines = (f"{word} {counts[word]}\n" for word in sorted(counts))
    out.write_text("".join(lines), encoding="ascii")
    click.echo(f"{len(counts)} words, {counts.total()} counted, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
