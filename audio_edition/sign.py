"""Sign an edition: a copy whose files of sound carry content credentials (C2PA 2.2), so that anyone can tell that they
are synthetic, who says so, and whether they were changed since.

MP3 and M4B hold their credentials; beside a packed book they lie in a file of their own, NAME.c2pa, and the book stays
as it is. Signatures hold random numbers: no two runs give the same bytes.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from audio_edition import __version__
from audio_edition.edition.build import put_edition
from audio_edition.edition.folder import EditionFile, FinishedEdition, manifest_of, read_edition, whole_file
from audio_edition.edition.write_json import as_signed
from audio_edition.errors import EditionError, MissingTool, PublishError, SettingsError, install_line
from audio_edition.formats.archive import add_file
from audio_edition.formats.disclosure import iptc_source_type
from audio_edition.model import EDITION_JSON
from audio_edition.model.characters import one_line

SIDECAR = ".c2pa"
_FORMAT = "credentials"
_SIDECAR_TYPE = "application/c2pa"
_UNCHANGED = "application/octet-stream"
"""As what c2pa takes a file whose credentials lie beside it: of an MP3 it would hash another ID3 tag."""
_INSIDE = {".mp3": "audio/mpeg", ".m4b": "audio/mp4"}
_BESIDE = frozenset({".epub", ".zip", ".lpf", ".audiobook"})
_PACKED_AGAIN = ".lpf"
_LONGEST_TITLE_BYTES = 127
"""Credentials turn an ID3 tag of version 2.3 into one of 2.4, of which FFmpeg drops chapters with longer titles."""
_AGAIN = "Build the edition again."
_LARGEST_PEM_BYTES = 1_000_000
_SETTINGS = {"verify": {"remote_manifest_fetch": False}, "builder": {"thumbnail": {"enabled": False}}}
_CURVES = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed edition: its folder, and the files that hold credentials or have them beside themselves."""

    folder: Path
    inside: tuple[str, ...]
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signs: certificates in PEM, the signer's first and without the root, and the private key of the first."""

    chain: bytes
    key: bytes
    algorithm: str


def load_identity(certificate: Path, key: Path) -> Identity:
    """Return who signs. Raises SettingsError for files that are not a certificate and its private key, and MissingTool
    without the extra `provenance`."""
    _c2pa()
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

    chain, secret = _pem(certificate, "certificate"), _pem(key, "private key")
    try:
        first = x509.load_pem_x509_certificates(chain)[0]
    except ValueError as error:
        raise _refused(certificate, "holds no certificate in PEM") from error
    try:
        private = load_pem_private_key(secret, password=None)
    except TypeError as error:
        remedy = "Give one without a passphrase: openssl pkey -in FILE -out FILE-WITHOUT. Keep it safe, and remove it."
        raise SettingsError(f"{key}: the private key is locked with a passphrase.", remedy) from error
    except ValueError as error:
        raise _refused(key, "holds no private key in PEM") from error
    of_key = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if of_key != first.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo):
        message = f"{key}: the private key is not that of the first certificate in {certificate}."
        raise SettingsError(message, "Give the two that belong together, the signer's certificate first.")
    return Identity(chain, secret, _algorithm(private, key))


def sign_edition(folder: Path, identity: Identity, place: Path | None = None) -> Signed:
    """Copy an edition to `place`, by default beside it with `-signed` behind its name, with credentials in or beside
    each file of sound; the edition itself stays as it is.

    edition.json of the copy lists the files as they are then. Raises EditionError, PublishError, and SettingsError
    where the certificate is not one to sign with.
    """
    edition = read_edition(folder)
    if edition.signed:
        message = f"{edition.folder} is signed already."
        raise EditionError(message, "Sign the edition that it is a copy of, or build it again.")
    place = place or edition.folder.resolve().with_name(f"{edition.folder.resolve().name}-signed")
    if place.resolve() == edition.folder.resolve():
        raise PublishError(
            f"{place}: this is the edition itself, which stays as it is.", "Name another folder with -o."
        )
    files: list[EditionFile] = []

    def write(new: Path) -> None:
        # Last what is packed of other files: it is packed again from the signed ones.
        for file in sorted(edition.files, key=lambda file: file.path.endswith(_PACKED_AGAIN)):
            files.extend(_signed(edition, file, new, identity))
        entries = [_entry(new, file) for file in sorted(files, key=lambda file: file.path)]
        (new / EDITION_JSON).write_bytes(as_signed(manifest_of(edition.folder), entries))

    put_edition(place.parent, place.name, write)
    files.sort(key=lambda file: file.path)
    beside = tuple(file.path.removesuffix(SIDECAR) for file in files if file.path.endswith(SIDECAR))
    inside = tuple(file.path for file in files if _media_type(file) and file.path not in beside)
    return Signed(place, inside, beside)


def _signed(edition: FinishedEdition, file: EditionFile, new: Path, identity: Identity) -> Iterator[EditionFile]:
    """Copy a file of an edition, with its credentials, and yield what is there then."""
    source, target = whole_file(edition.folder, file), new / file.path
    target.parent.mkdir(parents=True, exist_ok=True)
    yield file
    if media_type := _media_type(file) if _keeps_chapters(edition) or not file.path.endswith(".mp3") else "":
        _sign(edition, source, target, media_type, identity)
        return
    if target.name.endswith(_PACKED_AGAIN):
        _pack_again(source, target)
    else:
        shutil.copyfile(source, target)
    if _media_type(file) or source.suffix in _BESIDE:
        sidecar = target.with_name(f"{target.name}{SIDECAR}")
        sidecar.write_bytes(_sign(edition, target, None, _UNCHANGED, identity))
        yield replace(file, path=f"{file.path}{SIDECAR}", media_type=_SIDECAR_TYPE, format=_FORMAT)


def _pack_again(source: Path, target: Path) -> None:
    """Copy an archive whose files also lie beside it, with those that are beside the copy. Raises EditionError."""
    try:
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
            for entry in old.infolist():
                beside = target.parent / entry.filename
                if not beside.resolve().is_relative_to(target.parent.resolve()) or not beside.is_file():
                    raise EditionError(f"{source}: it packs {entry.filename[:100]}, which is not beside it.", _AGAIN)
                add_file(new, entry.filename, beside)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise EditionError(f"{source} is not an archive that this program wrote.", _AGAIN) from error


def _media_type(file: EditionFile) -> str:
    """Return as what c2pa takes a file that holds its own credentials; "" for others. The parts of a DAISY book stay as
    they are: its players want no tags."""
    return "" if file.format == "daisy-folder" else _INSIDE.get(Path(file.path).suffix, "")


def _keeps_chapters(edition: FinishedEdition) -> bool:
    return all(len(each.chapter.title.encode()) <= _LONGEST_TITLE_BYTES for each in edition.chapters)


def _sign(edition: FinishedEdition, source: Path, target: Path | None, media_type: str, identity: Identity) -> bytes:
    """Write the signed file to `target` and return its credentials; without `target`, they are to lie beside it."""
    library = _c2pa()
    info = library.C2paSignerInfo(
        alg=identity.algorithm.encode(), sign_cert=identity.chain, private_key=identity.key, ta_url=None
    )
    try:
        with (
            library.Context.from_dict(_SETTINGS) as context,
            library.Signer.from_info(info) as signer,
            library.Builder(_credentials(edition, source.name), context) as builder,
            source.open("rb") as unsigned,
        ):
            if target is None:
                builder.set_no_embed()
                return bytes(builder.sign(signer, media_type, unsigned))
            with target.open("w+b") as signed:
                return bytes(builder.sign(signer, media_type, unsigned, signed))
    except library.C2paError as error:
        message = f"{source} could not be signed with this certificate ({_reason(error)})."
        raise SettingsError(message, "docs/disclosure.md says what a certificate must be.") from error


def _credentials(edition: FinishedEdition, name: str) -> dict[str, Any]:
    """Return what is signed: how the sound came to be, by which engines, for whom (C2PA 2.2, 18.15 "Actions")."""
    source_type = iptc_source_type(edition.voices)
    engines = ", ".join(dict.fromkeys(voice.engine for voice in edition.voices if not voice.is_person))
    created = {
        "action": "c2pa.created",
        "digitalSourceType": source_type,
        **({"softwareAgent": {"name": engines}} if engines else {}),
        "description": one_line(", ".join(f"{voice.name or voice.id} ({voice.engine})" for voice in edition.voices)),
    }
    return {
        "claim_generator_info": [{"name": "audio-edition", "version": __version__}],
        "title": name,
        "assertions": [
            {"label": "c2pa.actions", "data": {"actions": [created]}},
            {"label": "cawg.metadata", "data": _metadata(edition, source_type)},
        ],
    }


def _metadata(edition: FinishedEdition, source_type: str) -> dict[str, Any]:
    """Return what the file is, as metadata that programs for pictures and sound read (CAWG Metadata 1.1)."""
    facts = {
        "dc:title": one_line(edition.title),
        "dc:publisher": one_line(edition.source),
        "dc:language": edition.language,
        "dc:date": edition.published,
        "Iptc4xmpExt:DigitalSourceType": source_type,
    }
    return {
        "@context": {
            "dc": "http://purl.org/dc/elements/1.1/",
            "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
        },
        **{name: fact for name, fact in facts.items() if fact},
    }


def _entry(folder: Path, file: EditionFile) -> dict[str, str | int]:
    """Return a file as edition.json lists it, as it is now."""
    path = folder / file.path
    with path.open("rb") as opened:
        sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    size = path.stat().st_size
    return {"path": file.path, "size": size, "sha256": sha256, "type": file.media_type, "format": file.format}


def _algorithm(private: object, path: Path) -> str:
    """Return C2PA's name for how a key signs (C2PA 2.2, 13.2.1)."""
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    if isinstance(private, ec.EllipticCurvePrivateKey) and private.curve.name in _CURVES:
        return _CURVES[private.curve.name]
    if isinstance(private, ed25519.Ed25519PrivateKey):
        return "ed25519"
    if isinstance(private, rsa.RSAPrivateKey) and private.key_size >= 2048:
        return "ps256"
    raise _refused(path, "holds a key of a kind that content credentials don't allow")


def _pem(path: Path, what: str) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_PEM_BYTES + 1)
    except OSError as error:
        raise SettingsError(f"{path}: the {what} can't be read ({error.strerror}).", "Name its file.") from error
    if len(data) > _LARGEST_PEM_BYTES:
        raise _refused(path, f"is too large to be a {what}")
    return data


def _refused(path: Path, why: str) -> SettingsError:
    return SettingsError(f"{path} {why}.", "docs/disclosure.md says what a certificate and its key must be.")


def _reason(error: Exception) -> str:
    return re.sub(r"\s+", " ", one_line(str(error))).strip(" .")[:200]


def _c2pa() -> Any:
    """Return the library. Raises MissingTool."""
    try:
        import c2pa
    except ImportError as error:
        message = "Signing needs the library c2pa-python, which is not installed."
        raise MissingTool(message, f"Install it: {install_line('provenance')}") from error
    return c2pa
