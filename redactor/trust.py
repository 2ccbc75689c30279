"""Who signed something, and how that is known."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signer:
    """The key whose signature held, by its SSH fingerprint, and whose it is.

    `names` are the key's in the allowed-signers file that was given; where none was, the key is
    not trusted: anyone can have made it.
    """

    fingerprint: str
    names: tuple[str, ...] = ()
    is_trusted: bool = False

    def __str__(self) -> str:
        if self.is_trusted:
            return f"{self.fingerprint}, {', '.join(self.names)}"
        return f"{self.fingerprint}, not known to be trusted (no --allowed-signers)"
