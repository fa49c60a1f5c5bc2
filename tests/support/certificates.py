"""Certificates to sign with, made for a test: a root, one that it vouches for, and a signer's."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SIGNER, ORGANISATION = "Ada Finch", "The Courier"
_BEGIN = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Certificates:
    """Files in PEM: the signer's certificate and the one above it, the signer's key, and the root."""

    chain: Path
    key: Path
    root: Path


def make_certificates(folder: Path) -> Certificates:
    """Write certificates as C2PA asks of signers (C2PA 2.2, 14.5). Skips the test without the extra `provenance`."""
    pytest.importorskip("c2pa", reason="pip install c2pa-python cryptography")
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    root_key, above_key, own_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
    root = _certificate("Root", root_key, "Root", root_key, is_authority=True)
    above = _certificate("Above", above_key, "Root", root_key, is_authority=True)
    own = _certificate(SIGNER, own_key, "Above", above_key, is_authority=False)
    made = Certificates(folder / "chain.pem", folder / "key.pem", folder / "root.pem")
    pem = serialization.Encoding.PEM
    made.chain.write_bytes(own.public_bytes(pem) + above.public_bytes(pem))
    made.root.write_bytes(root.public_bytes(pem))
    made.key.write_bytes(
        own_key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
    )
    return made


def _certificate(name: str, key: Any, issuer: str, issuer_key: Any, *, is_authority: bool) -> Any:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509.oid import ExtendedKeyUsageOID

    usage = dict.fromkeys(
        (
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_BEGIN)
        .not_valid_after(_BEGIN + datetime.timedelta(days=36_500))
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_authority, key_cert_sign=is_authority, crl_sign=is_authority, **usage
            ),
            critical=True,
        )
    )
    if not is_authority:
        purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        builder = builder.add_extension(purposes, critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def _name(name: str) -> Any:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "GB"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
