"""Which keys and certificates sign PDFs, and which are refused."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from asn1crypto.cms import ContentInfo
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from redactor.errors import FileAccessError, KeyLocked, MissingDependency, UsageError
from redactor.sign.pdf_signer import (
    PdfSigner,
    certificate_digest,
    is_among,
    load_pdf_signer,
    read_certificates,
)
from tests.certificates import DAY, NOW, AnyPrivate, certificate, key_pem, p256, pem, written


def usage(**allowed: bool) -> x509.KeyUsage:
    names = (
        "digital_signature content_commitment key_encipherment data_encipherment key_agreement"
        " key_cert_sign crl_sign encipher_only decipher_only"
    )
    return x509.KeyUsage(**{**dict.fromkeys(names.split(), False), **allowed})


SIGNING: dict[str, Callable[[AnyPrivate], x509.Certificate]] = {
    "plain": certificate,
    "ends just now": lambda key: certificate(key, end=NOW),
    "starts just now": lambda key: certificate(key, start=NOW),
    "for signatures": lambda key: certificate(key, "A", usage(digital_signature=True)),
    "for commitments": lambda key: certificate(key, "A", usage(content_commitment=True)),
}
NOT_SIGNING: dict[str, tuple[Callable[[AnyPrivate], x509.Certificate], str]] = {
    "of another key": (lambda _: certificate(p256()), "not that of the key"),
    "of a key of another kind": (
        lambda _: certificate(ed25519.Ed25519PrivateKey.generate()),
        "not that of the key",
    ),
    "ended": (lambda key: certificate(key, end=NOW - DAY / 86400), "not valid now"),
    "to come": (lambda key: certificate(key, start=NOW + DAY / 86400), "not valid now"),
    "for secrets": (lambda key: certificate(key, "A", usage(key_encipherment=True)), "not one to"),
}


@pytest.mark.parametrize("kind", SIGNING)
def test_a_certificate_that_can_sign(kind: str, tmp_path: Path) -> None:
    key = p256()
    own = SIGNING[kind](key)
    signer = load_pdf_signer(*written(tmp_path, key, own), NOW)
    assert (signer.certificates, signer.timestamp) == ((own,), None)


@pytest.mark.parametrize("kind", NOT_SIGNING)
def test_a_certificate_that_cannot(kind: str, tmp_path: Path) -> None:
    key = p256()
    make, why = NOT_SIGNING[kind]
    with pytest.raises(UsageError, match=why):
        load_pdf_signer(*written(tmp_path, key, make(key)), NOW)


@pytest.mark.parametrize(
    "key",
    [
        ec.generate_private_key(ec.SECP384R1()),
        ec.generate_private_key(ec.SECP256K1()),
        ed25519.Ed25519PrivateKey.generate(),
        rsa.generate_private_key(65537, 2048),
    ],
    ids=["P-384", "secp256k1", "Ed25519", "RSA"],
)
def test_a_key_that_is_none_of_p_256(key: AnyPrivate, tmp_path: Path) -> None:
    with pytest.raises(FileAccessError, match=r"is not a P-256 key \(give a P-256 key"):
        load_pdf_signer(*written(tmp_path, key, certificate(key)), NOW)


def test_the_form_that_openssl_writes(tmp_path: Path) -> None:
    key = p256()
    files = written(tmp_path, key, certificate(key))
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL
    files[0].write_bytes(key.private_bytes(encoding, form, serialization.NoEncryption()))
    assert load_pdf_signer(*files, NOW).key.private_numbers() == key.private_numbers()


def test_a_passphrase(tmp_path: Path) -> None:
    key = p256()
    files = written(tmp_path, key, certificate(key), passphrase=b"opens it")
    assert load_pdf_signer(*files, NOW, b"opens it")
    with pytest.raises(KeyLocked, match="--pdf-passphrase-fd"):
        load_pdf_signer(*files, NOW)
    with pytest.raises(FileAccessError, match="or the passphrase is wrong"):
        load_pdf_signer(*files, NOW, b"opens it not")
    files[0].write_bytes(key_pem(key))
    with pytest.raises(FileAccessError, match="has no passphrase"):
        load_pdf_signer(*files, NOW, b"opens it")


def test_files_that_are_no_such_thing(tmp_path: Path) -> None:
    key, other = written(tmp_path, p256())
    with pytest.raises(FileAccessError, match="not a private key"):
        other.chmod(0o600)
        load_pdf_signer(other, other, NOW)
    with pytest.raises(FileAccessError, match="no usable certificate"):
        load_pdf_signer(key, key, NOW)
    with pytest.raises(FileAccessError, match="there is no certificate"):
        load_pdf_signer(key, tmp_path / "none", NOW)
    with pytest.raises(FileAccessError, match="cannot read the certificate"):
        read_certificates(tmp_path)
    key.chmod(0o640)
    with pytest.raises(FileAccessError, match="open to other users"):
        load_pdf_signer(key, other, NOW)


def chained(folder: Path) -> tuple[PdfSigner, x509.Certificate]:
    """A signer with the certificate above its own, and that."""
    key, root_key = p256(), p256()
    root = certificate(root_key, "Root", x509.BasicConstraints(ca=True, path_length=None))
    own = certificate(key, issuer=("Root", root_key))
    return load_pdf_signer(*written(folder, key, own, root), NOW), root


def test_certificates_above_go_along(tmp_path: Path) -> None:
    signer, root = chained(tmp_path)
    made, said = signer.sign(bytes(32))
    assert len(made) <= signer.room
    embedded = [
        each.chosen.sha256.hex() for each in ContentInfo.load(made)["content"]["certificates"]
    ]
    assert sorted(embedded) == sorted(map(certificate_digest, signer.certificates))
    assert certificate_digest(root) in embedded
    assert said.certificate == certificate_digest(signer.certificates[0])
    assert said.timestamp is None


def test_nothing_is_said_but_what_must_be(tmp_path: Path) -> None:
    """No time, for that is the PDF's to say, and no place, reason or policy (EN 319 142-1, 6.3)."""
    signer = load_pdf_signer(*written(tmp_path, key := p256(), certificate(key)), NOW)
    (info,) = ContentInfo.load(signer.sign(bytes(32))[0])["content"]["signer_infos"]
    said = {attribute["type"].native for attribute in info["signed_attrs"]}
    assert said <= {
        "content_type",
        "message_digest",
        "signing_certificate_v2",
        "cms_algorithm_protection",
    }
    assert info["unsigned_attrs"].native is None


def test_which_certificates_are_known(tmp_path: Path) -> None:
    _, root = chained(tmp_path)
    known = read_certificates(tmp_path / "pdf.crt")
    assert is_among(certificate_digest(root), known)
    assert not is_among(certificate_digest(certificate(p256())), known)
    assert pem(*known) == (tmp_path / "pdf.crt").read_bytes()


def test_without_pyhanko(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    signer = load_pdf_signer(*written(tmp_path, key := p256(), certificate(key)), NOW)
    monkeypatch.setitem(sys.modules, "pyhanko.sign", None)
    with pytest.raises(MissingDependency, match=r'pip install "redactor\[pades\]"'):
        signer.sign(bytes(32))
