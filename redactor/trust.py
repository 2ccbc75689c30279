"""Who signed something, and how that is known."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignedBy:
    """A signature that holds: by which key, told by its SSH fingerprint, and whose that is.

    `names` are the key's in the allowed-signers file that was given; where none was, the key is
    not trusted: anyone can have made it. `through` are the keys that named each other in
    rotations, back to one that is trusted itself.
    """

    fingerprint: str
    names: tuple[str, ...] = ()
    through: tuple[str, ...] = ()

    @property
    def is_trusted(self) -> bool:
        return bool(self.names)

    def __str__(self) -> str:
        if not self.is_trusted:
            return f"{self.fingerprint}, not known to be trusted (no --allowed-signers)"
        named = "".join(f", named by {key}" for key in self.through)
        return f"{self.fingerprint}, {', '.join(self.names)}{named}"
