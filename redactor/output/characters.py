"""What must not stand in an output: characters that no encoding, XML or terminal takes well."""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"
_HALF_PAIR = re.compile("[\ud800-\udfff]")  # broken fonts yield them; no encoding takes them
# Control characters (C0 with tab and line ends, DEL, C1) could steer a terminal; together with
# half pairs and the two noncharacters they are all that XML 1.0, 2.2 [2] leaves out.
_HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def encodable(text: str) -> str:
    """The text with half surrogate pairs replaced, so that it can be written in UTF-8."""
    return _HALF_PAIR.sub(REPLACEMENT, text)


def harmless(word: str) -> str:
    """A word with all replaced that XML cannot hold or a terminal would obey."""
    return _HARMFUL.sub(REPLACEMENT, word)
