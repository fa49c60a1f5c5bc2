"""Check content credentials (C2PA): whether each file is as it was signed, who signed it, and what they say it is."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from audio_edition.check.manifest import Manifest
from audio_edition.check.reading import one_spaced
from audio_edition.check.source_type import iptc_type
from audio_edition.errors import install_line
from audio_edition.model import Finding

SIDECAR = ".c2pa"
_INSIDE = {".mp3": "audio/mpeg", ".m4b": "audio/mp4"}
_PACKED = frozenset({".epub", ".zip", ".lpf"})
_OF_SOUND = frozenset({"mp3", "m4b", "tracks", "epub", "daisy202", "daisy3", "audiobook"})
_MARKS = (b"application/c2pa", bytes.fromhex("d8fec3d61b0e483c92975828877ec481"))
"""In an ID3 tag (GEOB), and of the box of an MP4 (C2PA 2.2, A.3 and A.5)."""
_BEGINNING_BYTES = 4_000_000
_LARGEST_SIDECAR_BYTES = 10_000_000
_SETTINGS = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False}}
_AGAIN = "Sign the edition again, after the last change."


def credentials_findings(manifest: Manifest, there: list[str]) -> Iterator[Finding]:
    """Yield who signed the files of an edition, and each file that is not as it was signed."""
    signed = {name: _sidecar(name, there) for name in there if _sidecar(name, there) or _holds(manifest.folder / name)}
    for name in _unsigned(manifest, there, set(signed)):
        message = "It carries no content credentials, though the edition is signed: something took them away."
        yield Finding("credentials-missing", "error", message, name, _AGAIN)
    if not signed:
        return
    if importlib.util.find_spec("c2pa") is None:
        yield Finding(
            "tool-missing", "note", "The content credentials were not checked: c2pa-python is not installed.",
            "", f"Install it: {install_line('provenance')}",
        )  # fmt: skip
        return
    signers: dict[str, int] = {}
    for name, sidecar in signed.items():
        state, store = _read(manifest.folder, name, sidecar)
        if state not in ("Valid", "Trusted") or not store:
            message = f"It is not as it was signed ({state[:150]})."
            yield Finding("credentials-broken", "error", message, name, _AGAIN)
            continue
        signers[_signer(store)] = signers.get(_signer(store), 0) + 1
        yield from _source_findings(name, _source_type(store), manifest)
    for signer, count in signers.items():
        yield Finding(
            "credentials-signer", "note", f"Signed by {signer}: {count} {'file' if count == 1 else 'files'}.", "",
            "Whether it is who it says, its certificate tells: compare it with one that you trust.",
        )  # fmt: skip


def _unsigned(manifest: Manifest, there: list[str], signed: set[str]) -> list[str]:
    """Return the files of a signed edition that should carry credentials, and carry none."""
    sounds = {file.path for file in manifest.files if file.format in _OF_SOUND} if manifest.signed else set()
    packed = {name for name in sounds if Path(name).suffix in (*_INSIDE, *_PACKED)}
    return sorted(packed & set(there) - signed)


def _sidecar(name: str, there: list[str]) -> str:
    beside = f"{name}{SIDECAR}"
    return beside if beside in there else ""


def _holds(path: Path) -> bool:
    """Return whether a file seems to hold credentials."""
    if path.suffix not in _INSIDE:
        return False
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING_BYTES)
    return any(mark in beginning for mark in _MARKS)


def _read(folder: Path, name: str, sidecar: str) -> tuple[str, Mapping[str, Any]]:
    """Return the validation state of the credentials of a file, or why they could not be read or are invalid, and what
    they say."""
    import c2pa

    data = None
    if sidecar:
        with (folder / sidecar).open("rb") as file:
            data = file.read(_LARGEST_SIDECAR_BYTES)
    media_type = "application/octet-stream" if sidecar else _INSIDE[Path(name).suffix]
    try:
        with (
            c2pa.Context.from_dict(_SETTINGS) as context,
            (folder / name).open("rb") as file,
            c2pa.Reader(media_type, file, manifest_data=data, context=context) as reader,
        ):
            store = json.loads(reader.json())
            state = str(reader.get_validation_state())
            return state if state != "Invalid" else _failures(store), store
    except (c2pa.C2paError, ValueError) as error:
        return one_spaced(str(error)) or type(error).__name__, {}


def _failures(store: Mapping[str, Any]) -> str:
    """Return the codes of what failed (C2PA 2.2, 15.2)."""
    found = store.get("validation_results", {}).get("activeManifest", {}).get("failure", [])
    codes = dict.fromkeys(str(failure.get("code", "")) for failure in found if isinstance(failure, Mapping))
    return ", ".join(code for code in codes if code != "signingCredential.untrusted") or "it does not say why"


def _active(store: Mapping[str, Any]) -> Mapping[str, Any]:
    active: Mapping[str, Any] = store.get("manifests", {}).get(store.get("active_manifest"), {})
    return active


def _signer(store: Mapping[str, Any]) -> str:
    """Return the signer's name and organisation, as its certificate has them."""
    info = _active(store).get("signature_info", {})
    names = dict.fromkeys(one_spaced(str(info.get(key) or ""))[:100] for key in ("common_name", "issuer"))
    return ", ".join(name for name in names if name) or "somebody whose certificate names nobody"


def _source_type(store: Mapping[str, Any]) -> str:
    """Return what the first action says that the sound is."""
    for assertion in _active(store).get("assertions", []):
        if str(assertion.get("label", "")).startswith("c2pa.actions"):
            first: Mapping[str, Any] = next(iter(assertion.get("data", {}).get("actions", [])), {})
            return str(first.get("digitalSourceType", ""))
    return ""


def _source_findings(name: str, said: str, manifest: Manifest) -> Iterator[Finding]:
    wanted = iptc_type(manifest)
    if said != wanted:
        message = f"Its credentials say that it is {said[:100] or 'nothing'}, and edition.json that it is {wanted}."
        yield Finding("credentials-differ", "error", message, name, _AGAIN)
