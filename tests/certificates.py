"""Keys and certificates for signing PDFs, made for one test each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import NameOID

AnyPrivate = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey
NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)


def p256() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def certificate(
    key: AnyPrivate,
    name: str = "Records Office",
    *extensions: x509.ExtensionType,
    start: datetime = NOW - DAY,
    end: datetime = NOW + DAY,
    issuer: tuple[str, AnyPrivate] | None = None,
) -> x509.Certificate:
    """One that the key signed itself, or that of an `issuer`."""
    by, signing = issuer or (name, key)
    builder = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(by))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=True)
    algorithm = None if isinstance(signing, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return builder.sign(signing, algorithm)


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def pem(*certificates: x509.Certificate) -> bytes:
    return b"".join(each.public_bytes(serialization.Encoding.PEM) for each in certificates)


def key_pem(key: AnyPrivate, passphrase: bytes | None = None) -> bytes:
    encryption: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if passphrase:
        encryption = serialization.BestAvailableEncryption(passphrase)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption
    )


def written(
    folder: Path, key: AnyPrivate, *certificates: x509.Certificate, passphrase: bytes | None = None
) -> tuple[Path, Path]:
    """The files of a key and of certificates, in that order: pdf.key and pdf.crt."""
    files = folder / "pdf.key", folder / "pdf.crt"
    files[0].write_bytes(key_pem(key, passphrase))
    files[0].chmod(0o600)
    files[1].write_bytes(pem(*(certificates or (certificate(key),))))
    return files
