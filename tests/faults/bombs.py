"""Small files that ask for a great deal: of memory, of time, or of stack.

Each function gives the bytes of a PDF. They are written by hand here, since a library that writes
PDFs would be the first victim.
"""

from __future__ import annotations

import functools
import zlib
from collections.abc import Iterable, Mapping

_MEGABYTE = 2**20
_MANY = 300  # megabytes: more than a stream may have
Objects = Mapping[int, bytes]
PAGE = 3


def pdf(objects: Objects) -> bytes:
    """A file of these objects with its cross-reference table; object 1 is the catalog."""
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        free = b"0000000000 00000 f \n"
        out += b"%010d 00000 n \n" % places[number] if number in places else free
    out += b"trailer <</Root 1 0 R /Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(out)


def stream(data: bytes, keys: bytes = b"") -> bytes:
    return b"<<%b /Length %d>>\nstream\n%b\nendstream" % (keys, len(data), data)


def flate(data: bytes, keys: bytes = b"") -> bytes:
    return stream(zlib.compress(data, 9), b"/Filter/FlateDecode " + keys)


def one_page(
    content: bytes, resources: bytes = b"", more: Objects | None = None, page: bytes = b""
) -> bytes:
    """A page whose content is object 4; `more` are objects from 5 on."""
    return pdf(
        {
            1: b"<</Type/Catalog /Pages 2 0 R>>",
            2: b"<</Type/Pages /Kids[3 0 R] /Count 1>>",
            PAGE: b"<</Type/Page /Parent 2 0 R /MediaBox[0 0 200 100] /Contents 4 0 R "
            b"/Resources<<%b>> %b>>" % (resources, page),
            4: content,
            **(more or {}),
        }
    )


@functools.cache
def zeros(megabytes: int, before: bytes = b"") -> bytes:
    """So many megabytes of zero bytes, deflated, without ever holding them."""
    squeeze = zlib.compressobj(9)
    parts = [squeeze.compress(before)]
    parts += [squeeze.compress(bytes(_MEGABYTE)) for _ in range(megabytes)]
    return b"".join([*parts, squeeze.flush()])


def flate_bomb() -> bytes:
    return one_page(stream(zeros(_MANY), b"/Filter/FlateDecode"))


def nested_flate_bomb() -> bytes:
    """What deflated twice is a few kilobytes."""
    twice = zlib.compress(zeros(_MANY), 9)
    return one_page(stream(twice, b"/Filter[/FlateDecode/FlateDecode]"))


def font_bomb() -> bytes:
    font = b"<</Type/Font /Subtype/TrueType /BaseFont/X /FontDescriptor 6 0 R>>"
    descriptor = (
        b"<</Type/FontDescriptor /FontName/X /Flags 4 /FontBBox[0 0 1 1] /FontFile2 7 0 R>>"
    )
    file = stream(zeros(_MANY, b"\0\1\0\0"), b"/Filter/FlateDecode")
    text = stream(b"BT /F 12 Tf 20 50 Td (Smith) Tj ET")
    return one_page(text, b"/Font<</F 5 0 R>>", {5: font, 6: descriptor, 7: file})


def cmap_bomb() -> bytes:
    """Ranges of codes that together name billions of characters."""
    ranges = b"".join(b"<%04X> <FFFF> <0041>\n" % n for n in range(20_000))
    cmap = b"/CMapName/X def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    cmap += b"20000 beginbfrange\n" + ranges + b"endbfrange\n"
    font = b"<</Type/Font /Subtype/Type1 /BaseFont/Helvetica /ToUnicode 6 0 R>>"
    text = stream(b"BT /F 12 Tf 20 50 Td (Smith) Tj ET")
    return one_page(text, b"/Font<</F 5 0 R>>", {5: font, 6: flate(cmap)})


def image(keys: bytes, data: bytes) -> bytes:
    head = b"/Type/XObject /Subtype/Image " + keys
    return one_page(
        stream(b"200 0 0 100 0 0 cm /I Do"), b"/XObject<</I 5 0 R>>", {5: stream(data, head)}
    )


_GRAY = b" /BitsPerComponent 8 /ColorSpace/DeviceGray "


def image_bomb() -> bytes:
    keys = b"/Width 100000 /Height 100000" + _GRAY + b"/Filter/FlateDecode"
    return image(keys, zeros(64))


def jpx_bomb() -> bytes:
    """A JPEG 2000 codestream that is a million samples wide and high."""
    side = (1_000_000).to_bytes(4, "big")
    size = b"\0\0" + side + side + bytes(8) + side + side + bytes(8) + b"\0\1\x07\x01\x01"
    header = b"\xff\x4f\xff\x51" + (len(size) + 2).to_bytes(2, "big") + size
    header += b"\xff\x52\0\x0c\0\0\0\1\0\5\4\4\0\1" + b"\xff\x5c\0\x13\x40" + b"\x40" * 16
    data = header + b"\xff\x90\0\x0a\0\0\0\0\0\0\0\1\xff\x93" + bytes(64) + b"\xff\xd9"
    return image(b"/Width 1000000 /Height 1000000 /Filter/JPXDecode", data)


def lying_jpx_bomb() -> bytes:
    """The same, in a PDF that says it were ten samples wide."""
    return jpx_bomb().replace(b"/Width 1000000 /Height 1000000", b"/Width      10 /Height      10")


def jbig2_bomb(pixels: int = 1_000_000) -> bytes:
    """A page of a million pixels each way; declared small."""
    side = pixels.to_bytes(4, "big")
    page = b"\0\0\0\0\x30\0\1" + (19).to_bytes(4, "big") + side + side + bytes(8) + b"\0\0\0"
    keys = b"/Width 10 /Height 10 /BitsPerComponent 1 /ColorSpace/DeviceGray /Filter/JBIG2Decode"
    return image(keys, page)


def jpeg_bomb() -> bytes:
    """65,500 pixels each way, in a header and nothing else."""
    frame = b"\xff\xc0\0\x11\x08\xff\xdc\xff\xdc\3\1\x11\0\2\x11\0\3\x11\0"
    scan = b"\xff\xda\0\x0c\3\1\0\2\0\3\0\0\x3f\0" + bytes(100)
    keys = b"/Width 65500 /Height 65500 /BitsPerComponent 8 /ColorSpace/DeviceRGB /Filter/DCTDecode"
    return image(keys, b"\xff\xd8" + frame + scan + b"\xff\xd9")


def inline_image_bomb() -> bytes:
    head = b"q 200 0 0 100 0 0 cm BI /W 90000 /H 90000 /BPC 8 /CS /G /F /Fl ID "
    return one_page(stream(head + zeros(8) + b" EI Q"))


def lzw_bomb() -> bytes:
    """Codes of 9 to 12 bits, each for one byte more than the one before, over and over."""
    bits = "".join(_lzw_zeros()) * 700
    bits += "0" * (-len(bits) % 8)
    data = int(bits, 2).to_bytes(len(bits) // 8, "big")
    return one_page(flate(data).replace(b"/Filter/FlateDecode", b"/Filter[/FlateDecode/LZWDecode]"))


def _lzw_zeros() -> Iterable[str]:
    """The table is filled once, then cleared."""
    yield f"{0:09b}"
    width, following = 9, 258
    for code in range(258, 4094):
        yield f"{code:0{width}b}"
        following += 1
        width = 9 + sum(following >= step - 1 for step in (512, 1024, 2048))
    yield f"{256:012b}"


def run_length_bomb() -> bytes:
    data = b"\x81\0" * (8 * _MEGABYTE) + b"\x80"
    return one_page(flate(data).replace(b"/FlateDecode", b"[/FlateDecode/RunLengthDecode]"))


def predictor_bomb() -> bytes:
    parameters = (
        b"/DecodeParms<</Predictor 12 /Columns 2000000000 /Colors 32 /BitsPerComponent 16>>"
    )
    return one_page(flate(b"q Q", parameters))


def many_filters() -> bytes:
    return one_page(stream(b"q Q", b"/Filter[" + b"/ASCIIHexDecode" * 100_000 + b"]"))


def many_pages(count: int = 6_000) -> bytes:
    kids = b" ".join(b"%d 0 R" % n for n in range(10, 10 + count))
    pages = dict.fromkeys(range(10, 10 + count), b"<</Type/Page /Parent 2 0 R>>")
    tree = b"<</Type/Pages /MediaBox[0 0 99 99] /Count %d /Kids[%b]>>" % (count, kids)
    return pdf({1: b"<</Type/Catalog /Pages 2 0 R>>", 2: tree, **pages})


def deep_page_tree(depth: int = 100_000) -> bytes:
    nodes = {
        n: b"<</Type/Pages /Count 1 /Kids[%d 0 R] /Parent %d 0 R>>" % (n + 1, n - 1)
        for n in range(10, 10 + depth)
    }
    leaf = b"<</Type/Page /MediaBox[0 0 99 99] /Parent %d 0 R>>" % (9 + depth)
    top = b"<</Type/Pages /Count 1 /Kids[10 0 R]>>"
    return pdf({1: b"<</Type/Catalog /Pages 2 0 R>>", 2: top, **nodes, 10 + depth: leaf})


def huge_kids() -> bytes:
    """A million times the same page."""
    tree = b"<</Type/Pages /Count 1000000 /Kids[" + b"3 0 R " * 1_000_000 + b"]>>"
    page = b"<</Type/Page /Parent 2 0 R /MediaBox[0 0 99 99]>>"
    return pdf({1: b"<</Type/Catalog /Pages 2 0 R>>", 2: tree, 3: page})


def shared_subtrees(depth: int = 30) -> bytes:
    """Each node of the page tree has the next one twice: two to the power of `depth` pages."""
    nodes = {
        n: b"<</Type/Pages /Count 9 /Kids[%d 0 R %d 0 R]>>" % (n + 1, n + 1)
        for n in range(2, 2 + depth)
    }
    page = b"<</Type/Page /MediaBox[0 0 99 99]>>"
    return pdf({1: b"<</Type/Catalog /Pages 2 0 R>>", **nodes, 2 + depth: page})


def form(content: bytes, xobjects: bytes) -> bytes:
    keys = b"/Type/XObject /Subtype/Form /BBox[0 0 200 100] /Resources<</XObject<<%b>>>>" % xobjects
    return stream(content, keys)


def exponential_forms(levels: int = 30, calls: int = 10) -> bytes:
    """Each form draws the next one ten times."""
    forms = {n: form(b"/X Do " * calls, b"/X %d 0 R" % (n + 1)) for n in range(5, 5 + levels)}
    last = form(b"BT 20 50 Td ET 0 0 9 9 re f", b"")
    return one_page(stream(b"/X Do"), b"/XObject<</X 5 0 R>>", {**forms, 5 + levels: last})


def self_drawing_form() -> bytes:
    """It draws itself ten times."""
    return one_page(
        stream(b"/X Do"), b"/XObject<</X 5 0 R>>", {5: form(b"/X Do " * 10, b"/X 5 0 R")}
    )


def deep_forms(levels: int = 20_000) -> bytes:
    """Each form draws the next one, once."""
    return exponential_forms(levels, 1)


def exponential_glyphs(levels: int = 12, calls: int = 30) -> bytes:
    """Glyphs of Type 3 fonts that write glyphs of the next such font."""
    more: dict[int, bytes] = {}
    for level in range(levels):
        font, glyph = 5 + 2 * level, 6 + 2 * level
        inner = b"/Font<</F %d 0 R>>" % (font + 2) if level + 1 < levels else b""
        more[font] = (
            b"<</Type/Font /Subtype/Type3 /FontBBox[0 0 9 9] /FontMatrix[.1 0 0 .1 0 0] "
            b"/FirstChar 97 /LastChar 97 /Widths[9] /Encoding<</Differences[97/a]>> "
            b"/CharProcs<</a %d 0 R>> /Resources<<%b>>>>" % (glyph, inner)
        )
        more[glyph] = stream(b"9 0 d0 BT /F 9 Tf (%b) Tj ET" % (b"a" * calls))
    return one_page(stream(b"BT /F 9 Tf 9 9 Td (a) Tj ET"), b"/Font<</F 5 0 R>>", more)


def operators() -> bytes:
    """Ten million of them."""
    return one_page(flate(b"0 0 m 9 9 l S\n" * 3_400_000))


def full_page_fills() -> bytes:
    """Not so many, but each paints the whole page, blended."""
    state = b"/ExtGState<</G<</ca .5 /BM/Luminosity>>>>"
    return one_page(flate(b"/G gs " + b"0 0 200 100 re f\n" * 600_000), state)


def clip_stack() -> bytes:
    return one_page(flate(b"q 0 0 200 100 re W n\n" * 900_000))


def tiles() -> bytes:
    """A pattern of one ten-thousandth of a point."""
    tile = stream(
        b"0 0 1 1 re f",
        b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox[0 0 1 1] /XStep .0001 /YStep .0001 "
        b"/Resources<<>>",
    )
    return one_page(
        stream(b"/Pattern cs /P scn 0 0 200 100 re f"), b"/Pattern<</P 5 0 R>>", {5: tile}
    )


def mesh() -> bytes:
    """A shading whose function is sampled in a billion places."""
    function = flate(
        bytes(4096),
        b"/FunctionType 0 /Domain[0 1 0 1 0 1] /Range[0 1 0 1 0 1] "
        b"/Size[1000 1000 1000] /BitsPerSample 8",
    )
    shading = b"<</ShadingType 1 /ColorSpace/DeviceRGB /Domain[0 1 0 1] /Function 6 0 R>>"
    return one_page(stream(b"/S sh"), b"/Shading<</S 5 0 R>>", {5: shading, 6: function})


def dashes() -> bytes:
    """A line of a trillion dashes."""
    return one_page(stream(b"[.0000001] 0 d 1 w 0 0 m 1000000 1000000 l S"))


def deep_array(levels: int = 1_000_000) -> bytes:
    return one_page(stream(b""), page=b"/X " + b"[" * levels + b"]" * levels)


def deep_array_in_content(levels: int = 1_000_000) -> bytes:
    return one_page(flate(b"[" * levels + b"]" * levels + b" TJ"))


def deep_dictionary_in_content(levels: int = 500_000) -> bytes:
    return one_page(flate(b"/P " + b"<</A " * levels + b"1" + b">>" * levels + b" BDC EMC"))


def deep_chain(length: int = 200_000) -> bytes:
    """Objects that each refer to the next one."""
    chain = {n: b"<</Next %d 0 R>>" % (n + 1) for n in range(5, 5 + length)}
    return one_page(stream(b""), page=b"/X 5 0 R", more={**chain, 5 + length: b"null"})


def outline_loop() -> bytes:
    body = b"<</Title(A) /Next 5 0 R /Prev 5 0 R /First 5 0 R /Parent 5 0 R>>"
    whole = one_page(stream(b""), more={5: body})
    return whole.replace(b"<</Type/Catalog", b"<</Outlines 5 0 R /Type/Catalog")


def xref_loop() -> bytes:
    """A cross-reference table that is its own predecessor."""
    whole = one_page(stream(b"q Q"))
    start = whole[whole.rindex(b"startxref") + 9 :].split()[0]
    return whole.replace(b"trailer <<", b"trailer <</Prev %b " % start)


def xref_of_billions() -> bytes:
    whole = one_page(stream(b"q Q"))
    return whole.replace(b"xref\n0 5\n", b"xref\n0 4000000000\n").replace(
        b"/Size 5", b"/Size 4000000000"
    )


def object_stream_bomb() -> bytes:
    """An object stream of hundreds of megabytes."""
    return _object_stream(
        stream(zeros(_MANY, b"9 0 "), b"/Type/ObjStm /N 1 /First 4 /Filter/FlateDecode")
    )


def object_stream_of_millions() -> bytes:
    """It says that it holds two billion objects."""
    return _object_stream(flate(b"9 0 null", b"/Type/ObjStm /N 2000000000 /First 4 "))


def _object_stream(body: bytes) -> bytes:
    head = b"%PDF-1.7\n"
    parts = [
        b"1 0 obj\n<</Type/Catalog /Pages 2 0 R /X 9 0 R>>\nendobj\n",
        b"2 0 obj\n<</Type/Pages /Kids[3 0 R] /Count 1>>\nendobj\n",
        b"3 0 obj\n<</Type/Page /Parent 2 0 R /MediaBox[0 0 99 99] /Contents 9 0 R>>\nendobj\n",
        b"4 0 obj\n%b\nendobj\n" % body,
    ]
    places = [len(head) + sum(map(len, parts[:n])) for n in range(5)]
    rows = [b"\0" * 5, *(b"\1%b\0" % place.to_bytes(3, "big") for place in places[:4])]
    rows += [b"\1%b\0" % places[4].to_bytes(3, "big"), b"\2\0\0\4\0"]
    table = stream(
        b"".join(rows),
        b"/Type/XRef /Size 10 /Index[0 6 9 1] /W[1 3 1] /Root 1 0 R ",
    )
    return (
        head
        + b"".join(parts)
        + b"5 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, places[4])
    )


def xref_stream_bomb() -> bytes:
    table = stream(
        zeros(_MANY),
        b"/Type/XRef /Size 200000000 /W[1 3 1] /Root 1 0 R /Filter/FlateDecode ",
    )
    head = b"%PDF-1.7\n"
    return head + b"5 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, len(head))


def many_annotations() -> bytes:
    """Thirty thousand annotations, all with one appearance of many operators."""
    notes = b"<</Type/Annot /Subtype/Stamp /Rect[0 0 99 99] /AP<</N 5 0 R>>>>" * 30_000
    look = form(b"0 0 m 9 9 l S\n" * 10_000, b"")
    return one_page(stream(b""), page=b"/Annots[" + notes + b"]", more={5: look})


def huge_page() -> bytes:
    return one_page(stream(b"")).replace(b"[0 0 200 100]", b"[0 0 99999 99999]")


def large_page() -> bytes:
    """As large as is allowed, and full of specks."""
    dots = b"".join(
        b"%d %d 3 3 re f\n" % (x, y) for x in range(0, 3000, 8) for y in range(0, 3000, 8)
    )
    return one_page(flate(dots)).replace(b"[0 0 200 100]", b"[0 0 3000 3000]")


def user_unit() -> bytes:
    return one_page(stream(b"q Q"), page=b"/UserUnit 100000")
