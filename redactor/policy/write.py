"""A resolved policy as YAML that loads again to the same policy, all that it extends merged in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from redactor.geometry import Box
from redactor.policy.files import Roster, Sample
from redactor.policy.model import PageRanges, Policy


class _Dumper(yaml.SafeDumper):
    """Indents lists below their keys and quotes what could be taken for something else."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        """Policies have no aliases: what stands twice is written twice."""
        return True


class _Row(dict[str, Any]):
    """A mapping that is written in one line."""


class _Quoted(str):
    """A text that is written in quotes, so that no reader takes it for a number or a truth."""


def to_yaml(policy: Policy, folder: Path) -> str:
    """The policy for a file in `folder`, which the paths in it are made relative to."""
    stated = _mapping(policy, folder)
    stated["settings"] = _Row(_mapping(policy.settings, folder, whole=True))
    stated["box"] = _Row(_mapping(policy.box, folder, whole=True))
    stated["rules"] = [_Row(_mapping(rule, folder)) for rule in policy.rules]
    written = {key: stated[key] for key in Policy.model_fields if key in stated}
    return yaml.dump(
        written, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100, indent=2
    )


def _mapping(part: BaseModel, folder: Path, whole: bool = False) -> dict[str, Any]:
    """The keys that differ from what holds unsaid; with `whole` all but empty lists."""
    found: dict[str, Any] = {}
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if field.is_required() or value != field.default or (whole and value != ()):
            found[field.alias or name] = _value(value, folder)
    return found


def _value(value: Any, folder: Path) -> Any:
    if isinstance(value, BaseModel):
        return _mapping(value, folder)
    if isinstance(value, Roster):
        return _Quoted(Path(os.path.relpath(value.path, folder)).as_posix())
    if isinstance(value, Sample):
        return _Quoted(value.name)
    if isinstance(value, PageRanges):
        return _Quoted(value)
    if isinstance(value, Box):
        return list(value.as_tuple())
    if isinstance(value, tuple):
        return [_value(item, folder) for item in value]
    return _Quoted(value) if isinstance(value, str) else value


def _row(dumper: _Dumper, data: Mapping[str, Any]) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True)


def _quoted(dumper: _Dumper, data: str) -> yaml.Node:
    plain = data.replace("_", "").replace("-", "").isalpha() and data.isascii()
    words = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
    style = None if plain and data.lower() not in words else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(data), style=style)


_Dumper.add_representer(_Row, _row)
_Dumper.add_representer(_Quoted, _quoted)
