"""Train the English entity model: ``python -m training.ner.train --data DIR --out DIR``.

The number of updates is settled before training starts (from ``--steps``, or by timing a few
updates on a throwaway copy against ``--minutes``), so a run is a function of its seed and that
number alone; the clock decides nothing once it runs. No dev set is looked at while training:
there is no early stopping, hence nothing was fitted to what is measured later.
"""

# ruff: noqa: T201 - a command-line tool prints

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import (
    compile_infix_regex,
    compile_prefix_regex,
    compile_suffix_regex,
    filter_spans,
    fix_random_seed,
)
from thinc.api import Adam, warmup_linear
from thinc.optimizers import Optimizer

from redactor.detect.english import RedactorEnglish
from training.ner.augment import augment
from training.ner.corpora import LABELS, TRAIN, Sample, chunks, read_corpus
from training.ner.synthesize import document, name_free_phrases

NAME = "redactor_ner_en"
VERSION = "0.2.0"
BATCH_WORDS = 500
LEARN_RATE = 0.0015
DROPOUT = 0.15
SYNTHETIC_SHARE = 0.42
LEAN = 2.0
TWEETS = frozenset({"btc", "wnut17"})  # no source of phrases: their language is rough

MODEL: dict[str, Any] = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "ner",
    "extra_state_tokens": False,
    "hidden_width": 64,
    "maxout_pieces": 2,
    "use_upper": True,
    "tok2vec": {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": 96,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
            "rows": [8000, 2000, 3000, 3000],
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": 96,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    },
}


def blank() -> Language:
    """An empty English pipeline whose tokenizer also splits at the underscores of form fields."""
    nlp = RedactorEnglish()
    defaults = nlp.Defaults
    rules = {
        "prefix_search": compile_prefix_regex(
            [*(defaults.prefixes or ()), r"_+", r"\.{2,}"]
        ).search,
        "suffix_search": compile_suffix_regex(
            [*(defaults.suffixes or ()), r"_+", r"\.{2,}"]
        ).search,
        "infix_finditer": compile_infix_regex(
            [*(defaults.infixes or ()), r":(?=__)", r"(?<=:)_{2,}"]
        ).finditer,
    }
    for name, rule in rules.items():
        setattr(nlp.tokenizer, name, rule)
    return nlp


def build(seed: int) -> Language:
    """An untrained pipeline."""
    fix_random_seed(seed)
    nlp = blank()
    ner = nlp.add_pipe("ner", config={"model": MODEL})
    for label in LABELS:
        ner.add_label(label)
    nlp.initialize()
    return nlp


def _spans(doc: Doc, sample: Sample) -> list[Span]:
    """Entities on token borders, widened where a border falls inside a token."""
    found = (
        doc.char_span(start, end, label=label, alignment_mode="expand")
        for start, end, label in sample.spans
    )
    kept: list[Span] = filter_spans(s for s in found if s is not None and s.text.strip())
    return kept


def to_example(nlp: Language, sample: Sample) -> Example:
    """Turn a sample into a training example, with unknown stretches left open."""
    doc = nlp.make_doc(sample.text)
    entities = _spans(doc, sample)
    taken = {token.i for span in entities for token in span}
    gaps: set[int] = set()
    for start, end in sample.missing:
        gap = doc.char_span(start, end, alignment_mode="expand")
        gaps.update(token.i for token in gap or () if token.i not in taken)
    missing = [Span(doc, i, i + 1) for i in sorted(gaps)]
    doc.set_ents(entities, missing=missing, default="outside")
    return Example(nlp.make_doc(sample.text), doc)


Pool = list[tuple[Sample, float]]


def load_samples(data: Path) -> tuple[Pool, list[str]]:
    """All licensed corpora in chunks with their shares, and the name-free phrases in them."""
    pool: Pool = []
    documents: list[Sample] = []
    for corpus in TRAIN:
        for sample in read_corpus(corpus, data):
            if corpus.name not in TWEETS:
                documents.append(sample)
            pool += [(piece, corpus.share) for piece in chunks(sample) if piece.text.strip()]
    return pool, name_free_phrases(documents)


def stream(pool: Pool, phrases: list[str], seed: int) -> Iterator[Sample]:
    """Corpus chunks and synthetic documents without end, in the wanted share of words."""
    rng = random.Random(seed)  # noqa: S311 - no secrets here, and runs must repeat
    written, total = 0, 1
    while True:
        order = [sample for sample, share in pool if rng.random() < share]
        rng.shuffle(order)
        for sample in order:
            while written < SYNTHETIC_SHARE * total:
                made = document(rng, phrases)
                words = len(made.text.split())
                written, total = written + words, total + words
                yield made
            changed = augment(sample, rng)
            total += len(changed.text.split())
            yield changed


def batches(nlp: Language, samples: Iterator[Sample]) -> Iterator[list[Example]]:
    """Batches of about equal numbers of tokens."""
    batch: list[Example] = []
    size = 0
    for sample in samples:
        if not sample.text.strip():
            continue
        batch.append(to_example(nlp, sample))
        size += len(batch[-1].predicted)
        if size >= BATCH_WORDS:
            yield batch
            batch, size = [], 0


def make_optimizer(steps: int) -> Optimizer:
    """Adam with a short warm-up and a linear decline to nothing."""
    rate = warmup_linear(LEARN_RATE, max(1, steps // 20), steps + 1)
    return Adam(rate, L2=0.01, grad_clip=1.0, use_averages=True, L2_is_weight_decay=True)


def run(nlp: Language, pool: Pool, phrases: list[str], steps: int, seed: int) -> int:
    """Do ``steps`` updates, leave the averaged weights in the pipeline, return the words seen."""
    optimizer = make_optimizer(steps)
    losses: dict[str, float] = {}
    words, began = 0, time.monotonic()
    for step, batch in enumerate(batches(nlp, stream(pool, phrases, seed)), start=1):
        nlp.update(batch, drop=DROPOUT, sgd=optimizer, losses=losses)
        optimizer.step_schedules()
        words += sum(len(example.predicted) for example in batch)
        if step % 200 == 0:
            seconds = time.monotonic() - began
            print(f"{step}/{steps} loss {losses['ner'] / 200:.1f} {seconds:.0f}s", flush=True)
            losses.clear()
        if step >= steps:
            break
    ner: Any = nlp.get_pipe("ner")
    for node in ner.model.walk():
        for param in node.param_names:
            average = optimizer.averages.get((node.id, param)) if optimizer.averages else None
            if average is not None and node.has_param(param):
                node.set_param(param, average)
    return words


def steps_for(minutes: float, pool: Pool, phrases: list[str], seed: int, trial: int = 60) -> int:
    """How many updates fit into ``minutes`` here, timed on a throwaway pipeline."""
    began = time.monotonic()
    run(build(seed), pool, phrases, trial, seed)
    return max(trial, int(minutes * 60 * trial / (time.monotonic() - began)))


def slim(nlp: Language) -> Language:
    """The same pipeline with a fresh vocabulary.

    Training leaves every word it saw in the string store; the model needs only its labels.
    """
    fresh = blank()
    ner = fresh.add_pipe("ner", config={"model": MODEL})
    ner.from_bytes(nlp.get_pipe("ner").to_bytes(exclude=["vocab"]), exclude=["vocab"])
    return fresh


def lean(nlp: Language, amount: float) -> None:
    """Make the model quicker to mark: lower the score of "outside" by ``amount``.

    Redaction pays more for a name left readable than for a word too many, and the model's own
    balance treats the two alike. One number in the weights moves it; nothing is needed at run time.
    """
    ner: Any = nlp.get_pipe("ner")
    upper = ner.model.get_ref("upper")
    bias = upper.get_param("b").copy()
    hidden = len(bias) - len(ner.move_names)  # blocking moves, which come first and have no name
    bias[hidden + ner.move_names.index("O")] -= amount
    upper.set_param("b", bias)


def describe(nlp: Language, details: dict[str, Any]) -> None:
    """Fill in the metadata that travels with the weights."""
    nlp.meta.update(
        name=NAME,
        version=VERSION,
        license="AGPL-3.0-or-later",
        description="English names, places, organizations and dates for redaction",
        author="",
        sources=[
            {"name": corpus.name, "license": corpus.license, "title": corpus.source}
            for corpus in TRAIN
        ],
        training=details,
    )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder holding the corpora")
    parser.add_argument("--out", type=Path, required=True, help="where the model is written")
    parser.add_argument("--minutes", type=float, default=14.0, help="settles the updates")
    parser.add_argument("--steps", type=int, default=0, help="exact updates; overrides --minutes")
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--lean", type=float, default=LEAN, help="see lean()")
    args = parser.parse_args()
    pool, phrases = load_samples(args.data)
    steps = args.steps or steps_for(args.minutes, pool, phrases, args.seed)
    print(f"{len(pool)} chunks, {len(phrases)} phrases, {steps} updates", flush=True)
    nlp = build(args.seed)
    began = time.monotonic()
    words = run(nlp, pool, phrases, steps, args.seed)
    details = {
        "seed": args.seed,
        "steps": steps,
        "tokens_seen": words,
        "seconds": round(time.monotonic() - began),
        "lean": args.lean,
    }
    final = slim(nlp)
    lean(final, args.lean)
    describe(final, details)
    final.to_disk(args.out)
    print(json.dumps(details))


if __name__ == "__main__":
    main()
