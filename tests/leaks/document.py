"""A secret beside the pages: what a file says of itself, carries along, or still has of old."""

from __future__ import annotations

import io
from functools import partial
from typing import Any, Literal

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.documents import HELVETICA, opened, saved
from tests.leaks.made import PLACE, SECRET, SHOWN, Way, form, page, resource, ways
from tests.talking import TALKING, Plant

_S = SECRET.encode()
_XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
    b' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>%b</dc:creator></rdf:Description>'
    b'</rdf:RDF></x:xmpmeta><?xpacket end="w"?>' % _S
)


def information() -> bytes:
    pdf = page()
    said = Dictionary({"/Title": SECRET, "/Author": String(SECRET), "/Case": SECRET})
    pdf.trailer.Info = pdf.make_indirect(said)
    return saved(pdf)


def _xmp(pdf: pikepdf.Pdf) -> pikepdf.Stream:
    return pdf.make_stream(_XMP, Type=Name.Metadata, Subtype=Name.XML)


def metadata() -> bytes:
    pdf = page()
    pdf.Root.Metadata = _xmp(pdf)
    return saved(pdf)


def metadata_of_a_page_and_a_form() -> bytes:
    pdf = page(b"/X Do")
    pdf.pages[0].obj.Metadata = _xmp(pdf)
    resource(pdf, "/XObject", "/X", form(pdf, b"", Metadata=_xmp(pdf)))
    return saved(pdf)


def bookmark() -> bytes:
    pdf = page()
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(SECRET, 0))
    return saved(pdf)


def destinations() -> bytes:
    pdf = page()
    place = Array([pdf.pages[0].obj, Name.Fit])
    pdf.Root.Dests = Dictionary({"/" + SECRET: place})
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String(SECRET), place])))
    return saved(pdf)


def page_label() -> bytes:
    pdf = page()
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=SECRET, S=Name.D)]))
    return saved(pdf)


def private_data() -> bytes:
    pdf = page(b"/X Do")
    own = Dictionary(Maker=Dictionary(LastModified="D:2026", Private=SECRET))
    pdf.Root.PieceInfo = own
    pdf.pages[0].obj.PieceInfo = own
    resource(pdf, "/XObject", "/X", form(pdf, b"", PieceInfo=own))
    return saved(pdf)


def scripts() -> bytes:
    pdf = page()
    script = Dictionary(S=Name.JavaScript, JS=pdf.make_stream(b"app.alert('%b')" % _S))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("run"), script])))
    pdf.Root.OpenAction = script
    pdf.Root.AA = Dictionary(WC=script)
    pdf.pages[0].obj.AA = Dictionary(O=script)
    return saved(pdf)


def actions() -> bytes:
    pdf = page()
    send = Dictionary(S=Name.SubmitForm, F=Dictionary(FS=Name.URL, F=SECRET))
    pdf.pages[0].obj.AA = Dictionary(C=Dictionary(S=Name.Launch, F=SECRET, Next=send))
    return saved(pdf)


def _file(pdf: pikepdf.Pdf) -> pikepdf.Object:
    inside = pdf.make_stream(_S, Type=Name.EmbeddedFile)
    made = Dictionary(Type=Name.Filespec, F="a.txt", Desc=SECRET, EF=Dictionary(F=inside))
    return pdf.make_indirect(made)


def embedded_file() -> bytes:
    pdf = page()
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("a"), _file(pdf)])))
    return saved(pdf)


def associated_files() -> bytes:
    pdf = page()
    pdf.Root.AF = Array([_file(pdf)])
    pdf.pages[0].obj.AF = Array([_file(pdf)])
    return saved(pdf)


def portfolio() -> bytes:
    pdf = page()
    column = Dictionary(Type=Name.CollectionField, Subtype=Name.S, N=SECRET)
    pdf.Root.Collection = Dictionary(Type=Name.Collection, Schema=Dictionary(A=column))
    return saved(pdf)


def name_of_a_layer() -> bytes:
    pdf = page(b"/OC /L BDC EMC")
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=SECRET))
    resource(pdf, "/Properties", "/L", layer)
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(Name=SECRET))
    return saved(pdf)


def thread() -> bytes:
    pdf = page()
    made = pdf.make_indirect(Dictionary(I=Dictionary(Title=SECRET)))
    bead = pdf.make_indirect(Dictionary(T=made, P=pdf.pages[0].obj, R=[*PLACE]))
    bead.N = bead.V = made.F = bead
    pdf.pages[0].obj.B = Array([bead])
    pdf.Root.Threads = Array([made])
    return saved(pdf)


def web_capture() -> bytes:
    pdf = page()
    command = Dictionary(URL=f"https://example.com/{SECRET}", L=1)
    pdf.Root.SpiderInfo = Dictionary(V=1, C=Array([command]))
    return saved(pdf)


def intents_and_viewers() -> bytes:
    pdf = page()
    intent = Dictionary(S=Name.GTS_PDFX, Info=SECRET, OutputCondition=SECRET)
    pdf.Root.OutputIntents = Array([intent])
    pdf.Root.URI = Dictionary(Base=f"https://{SECRET}.example.com/")
    pdf.Root.Lang = String(SECRET)
    pdf.Root.Legal = Dictionary(Attestation=SECRET)
    return saved(pdf)


def keys_of_its_own() -> bytes:
    pdf = page()
    first = pdf.pages[0].obj
    font = Dictionary(dict(HELVETICA.items()))
    first.Resources.Font.F = font = pdf.make_indirect(font)
    for holder in (pdf.Root, pdf.trailer, first, font):
        holder["/ACME_" + SECRET] = String(SECRET)
    return saved(pdf)


def comment_in_a_character_map() -> bytes:
    pdf = page(b"BT /N 12 Tf 20 66 Td (N.N.) Tj ET")
    font = Dictionary(dict(HELVETICA.items()))
    font.ToUnicode = pdf.make_stream(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap % " + _S + b"\n"
        b"1 begincodespacerange <00> <FF> endcodespacerange\n"
        b"2 beginbfchar <2E> <002E> <4E> <004E> endbfchar endcmap end end"
    )
    resource(pdf, "/Font", "/N", pdf.make_indirect(font))
    return saved(pdf)


def name_of_a_resource() -> bytes:
    pdf = page(SHOWN.replace(b"/F ", b"/%b " % _S))
    resource(pdf, "/Font", "/" + SECRET, pdf.pages[0].obj.Resources.Font.F)
    return saved(pdf)


def structure() -> bytes:
    """What a tagged file says of a text in its place."""
    pdf = page(b"/P <</MCID 0>> BDC BT /F 12 Tf 20 66 Td (N.N.) Tj ET EMC")
    pdf.pages[0].obj.StructParents = 0
    said: dict[str, Any] = dict.fromkeys(("ActualText", "Alt", "E", "T", "ID"), SECRET)
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    leaf = pdf.make_indirect(
        Dictionary(S=Name("/" + SECRET), P=root, Pg=pdf.pages[0].obj, K=0, **said)
    )
    root.K = leaf
    root.RoleMap = Dictionary({"/" + SECRET: Name.P})
    root.ParentTree = Dictionary(Nums=Array([0, Array([leaf])]))
    root.IDTree = Dictionary(Names=Array([String(SECRET), leaf]))
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    return saved(pdf)


def page_template() -> bytes:
    pdf = page()
    hidden = Dictionary(
        Type=Name.Template,
        MediaBox=pdf.pages[0].obj.MediaBox,
        Resources=pdf.pages[0].obj.Resources,
        Contents=pdf.make_stream(SHOWN),
    )
    named = Array([String("t"), pdf.make_indirect(hidden)])
    pdf.Root.Names = Dictionary(Templates=Dictionary(Names=named))
    return saved(pdf)


def viewports_and_steps() -> bytes:
    pdf = page()
    view = Dictionary(Type=Name.Viewport, BBox=[*PLACE], Name=SECRET)
    pdf.pages[0].obj.VP = Array([view])
    pdf.pages[0].obj.PresSteps = Dictionary(
        Type=Name.NavNode, NA=Dictionary(S=Name.URI, URI=SECRET)
    )
    return saved(pdf)


def old_revision() -> bytes:
    """The secret's page, then an update in which it is blank."""
    first = saved(page(SHOWN))
    with opened(first) as pdf:
        number = pdf.pages[0].obj.Contents.objgen[0]
    blank = saved(page())
    with opened(blank) as pdf:
        content = pdf.pages[0].obj.Contents.read_bytes()
    body = b"%d 0 obj\n<</Length %d>>\nstream\n%b\nendstream\nendobj\n"
    update = body % (number, len(content), content)
    return updated(first, number, update)


def updated(data: bytes, number: int, update: bytes) -> bytes:
    """The file with an incremental update of one object."""
    with opened(data) as pdf:
        size, (root, _) = len(pdf.objects) + 1, pdf.Root.objgen
    before = int(data.rpartition(b"startxref")[2].split()[0])
    start = len(data)
    trailer = b"trailer\n<</Size %d/Root %d 0 R/Prev %d>>\n" % (size, root, before)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, start)
    return data + update + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (start + len(update))


def orphan() -> bytes:
    data = saved(page())
    with opened(data) as pdf:
        number = len(pdf.objects) + 1
    return updated(data, number, b"%d 0 obj\n(%b)\nendobj\n" % (number, _S))


def after_the_end() -> bytes:
    return saved(page()) + b"\n" + _S


def before_the_start() -> bytes:
    return b"% " + _S + b"\n" + saved(page())


def between_objects() -> bytes:
    head, start, rest = saved(page()).partition(b"1 0 obj")
    return head + b"% " + _S + b"\n" + start + rest


def shown_in_a_damaged_file() -> bytes:
    """The table of objects is nowhere near its place."""
    return saved(page(SHOWN)).replace(b"startxref\n", b"startxref\n9")


def shadowed_object() -> bytes:
    """Two objects of one number in a file without a table: the later one counts."""
    data = saved(page())
    with opened(data) as pdf:
        number = pdf.pages[0].obj.Contents.objgen[0]
    old = b"%d 0 obj\n<</Length %d>>\nstream\n%b\nendstream\nendobj\n" % (number, len(SHOWN), SHOWN)
    head, start, rest = data.partition(b"1 0 obj")
    return head + old + start + rest.replace(b"startxref\n", b"startxref\n9")


def encrypted(revision: Literal[4, 6]) -> bytes:
    pdf, out = page(SHOWN), io.BytesIO()
    pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user="user", R=revision))
    return out.getvalue()


def for_the_owner_only() -> bytes:
    pdf, out = page(SHOWN), io.BytesIO()
    pdf.save(out, encryption=pikepdf.Encryption(owner="owner", R=3, aes=False, metadata=False))
    return out.getvalue()


def talking(plant: Plant) -> bytes:
    pdf = page()
    plant(pdf)
    return saved(pdf)


_REVISIONS: tuple[Literal[4, 6], ...] = (4, 6)

WAYS = (
    *ways(
        information,
        metadata,
        metadata_of_a_page_and_a_form,
        bookmark,
        destinations,
        page_label,
        private_data,
        scripts,
        actions,
        embedded_file,
        associated_files,
        portfolio,
        name_of_a_layer,
        thread,
        web_capture,
        intents_and_viewers,
        keys_of_its_own,
        comment_in_a_character_map,
        structure,
        page_template,
        viewports_and_steps,
        old_revision,
        orphan,
        after_the_end,
        before_the_start,
        between_objects,
        shadowed_object,
        boxes={},
    ),
    *(
        Way(name, partial(talking, plant), boxes={})
        for name, plant in TALKING.items()
        if name != "a profile"
    ),
    *ways(name_of_a_resource, risky=True),
    *ways(shown_in_a_damaged_file, for_the_owner_only),
    *(
        Way(f"encrypted_{revision}", partial(encrypted, revision), password="user")
        for revision in _REVISIONS
    ),
)
