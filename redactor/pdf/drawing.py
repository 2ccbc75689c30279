"""What a dictionary or stream needs to draw a page (ISO 32000-2): its keys, and nothing in words.

One list for objects of all kinds. A key of another kind of object does no harm where it stands;
one of no kind may be text of the document. Strings draw nothing but as the colors of a palette and
as the name of a character collection: others are removed, whatever their key.
"""

from __future__ import annotations

from collections import Counter

import pikepdf

RESOURCE_KEYS = frozenset(
    ["/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/ProcSet"]
)
NAME_MAPS = (RESOURCE_KEYS - {"/ProcSet"}) | {"/CharProcs", "/Colorants"}
"""Dictionaries whose keys are names that the document gave: a font /A, a glyph /ID."""

_KINDS = {
    "pages, but for what leads around (tables 30 and 31)": "Kids Count Parent MediaBox CropBox"
    " BleedBox TrimBox ArtBox Rotate UserUnit Resources Contents Group Pages",
    "streams and their filters (tables 5, 8, 11, 12 and 13)": "Type Subtype Length Filter"
    " DecodeParms Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine"
    " EncodedByteAlign Rows EndOfBlock BlackIs1 DamagedRowsBeforeError JBIG2Globals ColorTransform",
    "images (table 87)": "Width Height ColorSpace Intent ImageMask Mask Decode Interpolate SMask"
    " SMaskInData Matte",
    "form XObjects and groups (tables 93, 94 and 145)": "FormType BBox Matrix S CS I",
    "patterns (tables 74 and 75)": "PatternType PaintType TilingType XStep YStep Shading ExtGState",
    "shadings (tables 77 to 84)": "ShadingType Background AntiAlias Coords Domain Function Extend"
    " BitsPerCoordinate BitsPerFlag VerticesPerRow",
    "functions (tables 38 to 41)": "FunctionType Range Size BitsPerSample Order Encode C0 C1 N"
    " Functions Bounds",
    "color spaces (tables 62 to 71)": "WhitePoint BlackPoint Gamma Alternate Colorants Process"
    " Components",
    "graphics states (table 57)": "LW LC LJ ML D RI OP op OPM Font BG BG2 UCR UCR2 TR TR2 HT FL SM"
    " SA BM CA ca AIS TK UseBlackPtComp",
    "soft masks (table 142)": "G BC",
    "halftones (tables 128 to 132)": "HalftoneType Frequency Angle SpotFunction AccurateScreens"
    " TransferFunction Xsquare Ysquare Width2 Height2 Default Gray Cyan Magenta Yellow Black Red"
    " Green Blue",
    "fonts (tables 109, 110, 115 and 119)": "BaseFont FirstChar LastChar Widths FontDescriptor"
    " Encoding ToUnicode DescendantFonts CIDSystemInfo DW W DW2 W2 CIDToGIDMap FontBBox FontMatrix"
    " CharProcs",
    "font descriptors (tables 120 and 122) and programs (table 125)": "FontName FontStretch"
    " FontWeight Flags ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH AvgWidth"
    " MaxWidth MissingWidth FontFile FontFile2 FontFile3 CIDSet Length1 Length2 Length3",
    "encodings and character maps (tables 112, 114 and 118)": "BaseEncoding Differences Registry"
    " Ordering Supplement CMapName WMode UseCMap",
}
DRAWING_KEYS = RESOURCE_KEYS | {f"/{key}" for keys in _KINDS.values() for key in keys.split()}
_COLLECTION_KEYS = frozenset({"/Registry", "/Ordering"})
COLLECTIONS = frozenset(  # 9.7.5.2 and Adobe Technical Note #5078 ff.; UCS is of ToUnicode maps
    b"Adobe Identity UCS Japan1 Japan2 GB1 CNS1 Korea1 KR Manga1".split()
)
_PALETTE = 3  # place of the colors in the array of an indexed color space (8.6.6.3)

# Counted by name. Any other key may be text of the document, and counts as "other".
_NAMED = frozenset(
    # the catalog (table 29), pages (table 31), document information (table 349)
    [
        "/Version",
        "/Extensions",
        "/PageLabels",
        "/Names",
        "/Dests",
        "/ViewerPreferences",
        "/PageLayout",
        "/PageMode",
        "/Outlines",
        "/Threads",
        "/OpenAction",
        "/URI",
        "/AcroForm",
        "/StructTreeRoot",
        "/MarkInfo",
        "/Lang",
        "/SpiderInfo",
        "/OutputIntents",
        "/OCProperties",
        "/Perms",
        "/Legal",
        "/Requirements",
        "/Collection",
        "/NeedsRendering",
        "/DSS",
        "/DPartRoot",
        "/BleedBox",
        "/TrimBox",
        "/ArtBox",
        "/BoxColorInfo",
        "/B",
        "/Dur",
        "/Trans",
        "/SeparationInfo",
        "/Tabs",
        "/TemplateInstantiated",
        "/PresSteps",
        "/VP",
        "/DPart",
        "/Properties",
        "/Title",
        "/Author",
        "/Subject",
        "/Keywords",
        "/Creator",
        "/Producer",
        "/CreationDate",
        "/ModDate",
        "/Trapped",
        # in objects of many kinds
        "/Metadata",
        "/PieceInfo",
        "/LastModified",
        "/StructParent",
        "/StructParents",
        "/AF",
        "/OC",
        "/OPI",
        "/Alternates",
        "/Measure",
        "/PtData",
        "/Ref",
        "/Thumb",
        "/AA",
        "/A",
        "/Annots",
        "/ID",
        "/Name",
        "/FontFamily",
        "/CharSet",
    ]
)


def counted(where: str, key: str) -> str:
    """What a removed key is counted as in the report."""
    return f"{where}{key}" if key in _NAMED else f"{where}/other"


def keep_only(
    obj: pikepdf.Object, allowed: frozenset[str], where: str, counts: Counter[str]
) -> None:
    """Removes the other keys of a dictionary or stream, and counts them."""
    for key in [key for key in obj.keys() if key not in allowed]:  # noqa: SIM118 - not a dict
        counts[counted(where, key)] += 1
        del obj[key]


def drop_strings(holder: pikepdf.Object, counts: Counter[str]) -> None:
    """Removes the strings that stand directly in a dictionary, stream or array and draw nothing.

    In an array a zero takes the place of each.
    """
    if isinstance(holder, pikepdf.Array):
        is_indexed = len(holder) > _PALETTE and holder[0] in ("/Indexed", "/I")
        for place, value in enumerate(holder):
            if isinstance(value, pikepdf.String) and not (is_indexed and place == _PALETTE):
                counts["object/text"] += 1
                holder[place] = 0
        return
    for key, value in list(holder.items()):
        is_collection = key in _COLLECTION_KEYS and bytes(value) in COLLECTIONS
        if isinstance(value, pikepdf.String) and not is_collection:
            counts["object/text"] += 1
            del holder[key]
