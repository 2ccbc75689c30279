import numpy as np

from benchmarks.readers import rapidocr, tesseract_words
from redactor.geometry import Box
from redactor.ink import PageImage
from redactor.ocr.tesseract import parse

_BLANK = PageImage(np.full((144, 288, 3), 255, np.uint8), 144)
_TSV = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
    "4\t1\t1\t1\t1\t0\t20\t10\t100\t20\t-1\t\n"
    "5\t1\t1\t1\t1\t1\t20\t10\t40\t20\t96.5\tDear\n"
    "5\t1\t1\t1\t1\t2\t70\t10\t50\t20\t12\t \n"
)


def test_tesseract_s_words_stand_in_page_space() -> None:
    (word,) = tesseract_words(parse(_TSV.encode()), _BLANK)
    assert (word.text, word.box, word.confidence) == ("Dear", Box(10, 5, 30, 15), 0.965)


def test_rapidocr_finds_nothing_on_a_blank_page() -> None:
    assert rapidocr(_BLANK) == ()
