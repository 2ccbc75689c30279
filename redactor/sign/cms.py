"""The CMS signature that goes into a PDF, as pyHanko makes it."""

from __future__ import annotations

import asyncio

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives import serialization
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from redactor.report import PdfSignatureInfo
from redactor.sign.pdf_signer import PdfSigner, certificate_digest, der
from redactor.sign.timestamp import Stamper


def cms_signature(signer: PdfSigner, digest: bytes) -> tuple[bytes, PdfSignatureInfo]:
    """The signature (DER) over what has that SHA-256, with attributes as PAdES wants them.

    Raises MissingDependency where a time stamp is wanted and none is to be had.
    """
    own, *above = [Certificate.load(der(each)) for each in signer.certificates]
    store = SimpleCertificateStore()
    store.register_multiple(above)  # its own is embedded anyway, and would be there twice
    stamper = Stamper(signer.timestamp) if signer.timestamp else None
    made = asyncio.run(
        SimpleSigner(own, _key(signer), store).async_sign(
            digest, "sha256", use_pades=True, timestamper=stamper
        )
    )
    stamp = stamper.given if stamper else None
    return made.dump(), PdfSignatureInfo(certificate_digest(signer.certificates[0]), stamp)


def _key(signer: PdfSigner) -> PrivateKeyInfo:
    return PrivateKeyInfo.load(
        signer.key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
