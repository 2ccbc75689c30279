"""Postal codes of the United States (USPS Publication 28) and the United Kingdom (BS 7666).

A ZIP code is also inside a STREET_ADDRESS that has one: the Safe Harbor rule of HIPAA treats it by
its first three digits, 45 CFR 164.514(b)(2)(i)(B), so it is a finding of its own.
"""

from __future__ import annotations

from redactor.detect.context import Context
from redactor.detect.scan import (
    FORMAT,
    LABELED,
    LIKELY,
    NEVER,
    WEAK,
    Pattern,
    compiled,
    number_edges,
    word_edges,
)

_STATE_CODE = (
    r"(?:A[KLRZSPEA]|C[AOT]|D[CE]|F[LM]|G[AU]|HI|I[ADLN]|K[SY]|LA|M[ADEHINOPST]|N[CDEHJMVY]|O[HKR]"
    r"|P[ARW]|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY])"
)
_STATE_NAME = (
    r"(?i:alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia"
    r"|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts"
    r"|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new (?:hampshire|jersey"
    r"|mexico|york)|north (?:carolina|dakota)|ohio|oklahoma|oregon|pennsylvania|puerto rico"
    r"|rhode island|south (?:carolina|dakota)|tennessee|texas|utah|vermont|virginia|washington"
    r"|west virginia|wisconsin|wyoming|district of columbia)"
)
_STATE_OF_OLD = (  # N. Y., Mass.: the last dot is left to who uses it
    r"(?:N\. ?[CDHJMY]|S\. ?[CD]|W\. ?Va|D\. ?C|R\. ?I|P\. ?R|Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla"
    r"|Ga|Ill|Ind|Kans?|Ky|Mass|Md|Mich|Minn|Miss|Mo|Mont|Nebr?|Nev|Okla|Ore|Pa|Penna?|Tenn|Tex|Va|Vt"
    r"|Wash|Wisc?|Wyo)"
)
STATE = rf"(?:{_STATE_CODE}|{_STATE_NAME}|{_STATE_OF_OLD})"
# Those that are no words in capitals: IN, OR, OK, ME, HI and OH need a comma before them.
_CLEAR_CODE = (
    r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|G[AU]|I[ADL]|K[SY]|LA|M[ADINOST]|N[CDEHJMVY]|P[AR]|RI|S[CD]"
    r"|T[NX]|UT|V[AIT]|W[AIVY])"
)
ZIP = r"\d{5}(?: ?- ?\d{4})?\b"
_ZIP_WORDS = Context(r"zip(?:\W?codes?)?|zip\s*\+\s*4|postal\s+codes?|mailing\s+code")

_AREA = (
    r"(?:A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]"
    r"|I[GMPV]|JE|K[ATWY]|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]"
    r"|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE)"
)
_INWARD = r"\d[ABD-HJLNP-UW-Z]{2}"
UK_POSTCODE = rf"(?:{_AREA}(?:\d\d?|\d[A-HJKPS-UW]) {_INWARD}|GIR 0AA)"

POSTCODES: tuple[Pattern, ...] = (
    Pattern(  # Austin, TX 78704; TX 78704-1234
        "US_ZIP_CODE",
        compiled(rf"(?:,[ \n]{{1,2}}{STATE}\.?|\b{_CLEAR_CODE}\.?)[ ,\n]{{1,2}}({ZIP})"),
        NEVER,
        in_context=FORMAT,
        context=Context(STATE),
        repair=True,
    ),
    Pattern(
        "US_ZIP_CODE",
        compiled(rf"\b{ZIP}"),
        NEVER,
        in_context=LABELED,
        context=_ZIP_WORDS,
        repair=True,
    ),
    Pattern(
        "US_ZIP_CODE",
        compiled(r"\b\d{5}-\d{4}\b"),
        WEAK,
        in_context=LABELED,
        context=_ZIP_WORDS,
        edges=number_edges,
    ),
    Pattern(
        "UK_POSTCODE",
        compiled(rf"\b{UK_POSTCODE}\b"),
        FORMAT,
        in_context=LABELED,
        context=Context(r"post\s*codes?|address"),
        edges=word_edges,
    ),
    Pattern(  # LS14AB, ls1 4ab
        "UK_POSTCODE",
        compiled(rf"\b{_AREA}(?:\d\d?|\d[A-HJKPS-UW]) ?{_INWARD}\b", case=False),
        NEVER,
        in_context=LIKELY,
        context=Context(r"post\s*codes?|address"),
        edges=word_edges,
    ),
)
