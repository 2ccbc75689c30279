"""Takes out what hidden layers draw (optional content, ISO 32000-2, 8.11), and then the layers.

A layer that is off by default is neither rendered nor read; once its switch is gone, as it is in
the output, it would show. So what hidden layers paint goes before anything is read, and what is
visible becomes plain content: what shows is then all there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import pikepdf

_DEEPEST = 32  # visibility expressions in visibility expressions, page attributes' ancestors
_PATHS = frozenset(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*"])
_PAINTS = frozenset(["Tj", "TJ", "Do", "sh", "MP", "DP", "INLINE IMAGE"])
_Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage
_Holder = pikepdf.Page | pikepdf.Object


def drop_hidden(pdf: pikepdf.Pdf) -> int:
    """Removes what is hidden by default, then all layers; how many pieces were removed."""
    properties = pdf.Root.get("/OCProperties")
    if not isinstance(properties, pikepdf.Dictionary):
        return 0  # nothing can be off
    cleaner = _Cleaner(pdf, Layers(properties))
    for page in pdf.pages:
        cleaner.clean_page(page)
    cleaner.forget_layers()
    del pdf.Root["/OCProperties"]
    return cleaner.n_removed


class Layers:
    """Which optional-content groups the default configuration turns off."""

    def __init__(self, properties: pikepdf.Object) -> None:
        default = properties.get("/D")
        config = default if isinstance(default, pikepdf.Dictionary) else pikepdf.Dictionary()
        self._base_is_off = config.get("/BaseState") == "/OFF"
        self._on = {group.objgen for group in dictionaries(config.get("/ON"))}
        self._off = {group.objgen for group in dictionaries(config.get("/OFF"))}
        for group, state in _automatic(config):
            (self._off if state == "/OFF" else self._on).add(group)
            (self._on if state == "/OFF" else self._off).discard(group)

    def hides(self, target: pikepdf.Object | None) -> bool:
        """Whether content that belongs to this group or membership is hidden."""
        if not isinstance(target, pikepdf.Dictionary):
            return False
        if target.get("/Type") != "/OCMD" and not ("/OCGs" in target or "/VE" in target):
            return self._is_off(target)
        if "/VE" in target:
            try:
                return not self._holds(target["/VE"])
            except ValueError:
                return True  # nobody can tell: what is not shown cannot leak
        return not self._policy_holds(target)

    def _is_off(self, group: pikepdf.Object) -> bool:
        return group.objgen in self._off or (self._base_is_off and group.objgen not in self._on)

    def _policy_holds(self, membership: pikepdf.Object) -> bool:
        off = [self._is_off(group) for group in dictionaries(membership.get("/OCGs"))]
        if not off:
            return True
        policy = str(membership.get("/P", "/AnyOn"))
        answers = {"/AllOn": not any(off), "/AnyOff": any(off), "/AllOff": all(off)}
        return answers.get(policy, not all(off))

    def _holds(self, expression: pikepdf.Object, depth: int = 0) -> bool:
        """The value of a visibility expression. Raises ValueError where it has none."""
        if isinstance(expression, pikepdf.Dictionary):
            return not self._is_off(expression)
        if not isinstance(expression, pikepdf.Array) or len(expression) < 2 or depth > _DEEPEST:
            raise ValueError("not a visibility expression")
        operator, *operands = list(expression)
        values = [self._holds(operand, depth + 1) for operand in operands]
        if operator == "/Not" and len(values) == 1:
            return not values[0]
        if operator not in ("/And", "/Or"):
            raise ValueError("not a visibility expression")
        return all(values) if operator == "/And" else any(values)


def _automatic(config: pikepdf.Object) -> Iterator[tuple[tuple[int, int], str]]:
    """The groups that viewers switch when a document is opened (8.11.4.5), and their state."""
    for usage in dictionaries(config.get("/AS")):
        categories = usage.get("/Category")
        listed = list(categories) if isinstance(categories, pikepdf.Array) else []
        if usage.get("/Event") == "/View" and any(name == "/View" for name in listed):
            for group in dictionaries(usage.get("/OCGs")):
                view = _entry(_entry(group, "/Usage"), "/View")
                if isinstance(view, pikepdf.Dictionary) and "/ViewState" in view:
                    yield group.objgen, str(view["/ViewState"])


def dictionaries(value: pikepdf.Object | None) -> list[pikepdf.Object]:
    """A dictionary, or those in an array; null and nonsense passed over."""
    values = list(value) if isinstance(value, pikepdf.Array) else [value]
    return [v for v in values if isinstance(v, pikepdf.Dictionary)]


def _entry(holder: pikepdf.Object | None, key: str) -> pikepdf.Object | None:
    is_one = isinstance(holder, pikepdf.Dictionary | pikepdf.Stream)
    return holder.get(key) if is_one and holder is not None else None


def values_of(holder: pikepdf.Object | None, key: str) -> Iterator[tuple[str, pikepdf.Object]]:
    """The named dictionaries and streams of one kind of resource."""
    kind = _entry(holder, key)
    if isinstance(kind, pikepdf.Dictionary):
        for name, value in kind.items():
            if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
                yield name, value


class _Cleaner:
    """Goes through all that draws. Resources may be shared: they change only at the end."""

    def __init__(self, pdf: pikepdf.Pdf, layers: Layers) -> None:
        self._pdf = pdf
        self._layers = layers
        self._seen: set[tuple[int, int]] = set()
        self._resources: list[pikepdf.Object] = []
        self.n_removed = 0

    def clean_page(self, page: pikepdf.Page) -> None:
        """A page's content, its annotations, and whatever these draw with."""
        resources = _resources_of(page)
        self._clean(page, resources)
        waiting = list(chain(_drawn_with(resources), self._appearances(page, resources)))
        while waiting:
            stream, own = waiting.pop()
            if stream.objgen not in self._seen:
                self._seen.add(stream.objgen)
                self._clean(stream, own)
                waiting.extend(_drawn_with(own))

    def forget_layers(self) -> None:
        """Takes hidden XObjects and the layers' names out of the resources."""
        for resources in self._resources:
            for name, child in list(values_of(resources, "/XObject")):
                if self._layers.hides(child.get("/OC")):
                    del resources["/XObject"][name]
                elif "/OC" in child:
                    del child["/OC"]
            for name, child in list(values_of(resources, "/Properties")):
                if child.get("/Type") in ("/OCG", "/OCMD") or "/OCGs" in child:
                    del resources["/Properties"][name]

    def _appearances(
        self, page: pikepdf.Page, resources: pikepdf.Object
    ) -> Iterator[tuple[pikepdf.Object, pikepdf.Object]]:
        """What the annotations that stay draw; the hidden ones go."""
        annotations = dictionaries(page.obj.get("/Annots"))
        kept = [note for note in annotations if not self._layers.hides(note.get("/OC"))]
        if len(kept) < len(annotations):
            self.n_removed += len(annotations) - len(kept)
            page.obj["/Annots"] = pikepdf.Array(kept)
        for note in kept:
            if "/OC" in note:
                del note["/OC"]
            for name, look in values_of(note, "/AP"):
                states = (state for _, state in values_of(note["/AP"], name))
                yield from _with_resources(chain([look], states), resources)

    def _clean(self, holder: _Holder, resources: pikepdf.Object) -> None:
        """One content stream without what is hidden, if there is anything of the kind."""
        self._resources.append(resources)
        hidden = {
            n for n, x in values_of(resources, "/XObject") if self._layers.hides(x.get("/OC"))
        }
        if not hidden and not _has_marks(holder):
            return
        rewriting = _Rewriting(self._layers, resources, hidden)
        parsed = pikepdf.parse_content_stream(holder)
        content = pikepdf.unparse_content_stream(
            [kept for instruction in parsed for kept in rewriting.keep(instruction)]
        )
        self.n_removed += rewriting.n_removed
        if isinstance(holder, pikepdf.Page):
            holder.obj["/Contents"] = self._pdf.make_stream(content)
        else:
            holder.write(content)


class _Rewriting:
    """One content stream's instructions, one after the other."""

    def __init__(self, layers: Layers, resources: pikepdf.Object, hidden: set[str]) -> None:
        self._layers = layers
        self._properties = dict(values_of(resources, "/Properties"))
        self._hidden_names = hidden
        self._open: list[bool] = []  # for each marked content we are in, whether it is hidden
        self.n_removed = 0

    def keep(self, instruction: _Instruction) -> Iterable[_Instruction]:
        """What stays of an instruction."""
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator in ("BMC", "BDC"):
            return [self._begin(instruction, operator, operands)]
        if operator == "EMC" and self._open:
            self._open.pop()
        elif operator == "Do" and operands and str(operands[0]) in self._hidden_names:
            self.n_removed += 1
            return []
        elif any(self._open):
            return _without_paint(instruction, operator, operands)
        return [instruction]

    def _begin(
        self, instruction: _Instruction, operator: str, operands: list[pikepdf.Object]
    ) -> _Instruction:
        """Marked content of a layer becomes plain; in hidden content, so does all of it."""
        is_layer = operator == "BDC" and len(operands) == 2 and operands[0] == "/OC"
        was_hidden = any(self._open)
        is_hidden = is_layer and self._layers.hides(self._layer(operands[1]))
        self._open.append(is_hidden)
        self.n_removed += is_hidden and not was_hidden
        if operands and (is_layer or was_hidden):
            return _instruction("BMC", operands[:1])
        return instruction

    def _layer(self, operand: pikepdf.Object) -> pikepdf.Object | None:
        if isinstance(operand, pikepdf.Name):
            return self._properties.get(str(operand))
        return operand


def _without_paint(
    instruction: _Instruction, operator: str, operands: list[pikepdf.Object]
) -> list[_Instruction]:
    """Hidden content still moves the pen and sets colors for what follows (8.11.3.1)."""
    if operator in _PATHS:
        return [_instruction("n", [])]
    if operator == "'":
        return [_instruction("T*", [])]
    if operator == '"' and len(operands) == 3:
        spacing = [_instruction("Tw", operands[:1]), _instruction("Tc", operands[1:2])]
        return [*spacing, _instruction("T*", [])]
    return [] if operator in _PAINTS or operator == '"' else [instruction]


def _instruction(operator: str, operands: list[pikepdf.Object]) -> _Instruction:
    return pikepdf.ContentStreamInstruction(operands, pikepdf.Operator(operator))


def _has_marks(holder: _Holder) -> bool:
    raw = holder.obj.get("/Contents") if isinstance(holder, pikepdf.Page) else holder
    parts = list(raw) if isinstance(raw, pikepdf.Array) else [raw]
    return any(isinstance(part, pikepdf.Stream) and b"BDC" in part.read_bytes() for part in parts)


def _resources_of(page: pikepdf.Page) -> pikepdf.Object:
    """A page's resources, its ancestors' where it has none."""
    node: pikepdf.Object | None = page.obj
    for _ in range(_DEEPEST):
        if not isinstance(node, pikepdf.Dictionary):
            break
        if isinstance(resources := node.get("/Resources"), pikepdf.Dictionary):
            return resources
        node = node.get("/Parent")
    return pikepdf.Dictionary()


def _drawn_with(resources: pikepdf.Object) -> Iterator[tuple[pikepdf.Object, pikepdf.Object]]:
    """The content streams that resources name, each with the resources that it draws with."""
    forms = [x for _, x in values_of(resources, "/XObject") if x.get("/Subtype") != "/Image"]
    tiles = [pattern for _, pattern in values_of(resources, "/Pattern")]
    masks = [_entry(_entry(g, "/SMask"), "/G") for _, g in values_of(resources, "/ExtGState")]
    yield from _with_resources([*forms, *tiles, *masks], resources)
    for _, font in values_of(resources, "/Font"):
        own = font.get("/Resources")
        inner = own if isinstance(own, pikepdf.Dictionary) else resources
        yield from _with_resources([glyph for _, glyph in values_of(font, "/CharProcs")], inner)


def _with_resources(
    streams: Iterable[pikepdf.Object | None], resources: pikepdf.Object
) -> Iterator[tuple[pikepdf.Object, pikepdf.Object]]:
    """Streams with their own resources, or those of what draws them where they have none."""
    for stream in streams:
        if isinstance(stream, pikepdf.Stream):
            own = stream.get("/Resources")
            yield stream, own if isinstance(own, pikepdf.Dictionary) else resources
