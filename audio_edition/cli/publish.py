"""publish, serve, pack and sign: ways to hand editions out."""

from __future__ import annotations

import contextlib
import dataclasses
from pathlib import Path
from typing import Any

import click

from audio_edition.cli.options import settings_file
from audio_edition.cli.output import as_json_text, give, report_findings, say, size


@click.command()
@click.argument("editions", metavar="EDITION...", type=click.Path(path_type=Path), nargs=-1)
@click.option("--site", type=click.Path(path_type=Path), required=True, help="Folder of the site; created if missing.")
@click.option(
    "--base-url",
    metavar="URL",
    help="Address where the site will be published. Required for a new site, then remembered.",
)
@click.option("--title", metavar="TEXT", help="Title of the site; by default the publisher of its first editions.")
@click.option("--description", metavar="TEXT", help="One-sentence description of the site.")
@click.option("--contact", metavar="ADDRESS", help="E-mail or web address for the accessibility statement.")
@click.option(
    "--certifier", metavar="NAME", help="Who certifies, after a check, that the site conforms to WCAG 2.2 AA."
)
@click.option("--robots/--no-robots", default=None, help="Whether search engines may list it; they may by default.")
@click.option("--remove", metavar="NAME", multiple=True, help="Take an edition out of the site; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Describe what was done on standard output as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print only the result and errors.")
def publish(
    editions: tuple[Path, ...], site: Path, remove: tuple[str, ...], as_json: bool, quiet: bool, **options: Any
) -> None:
    """Make a website of the folders EDITION, or add them to one: pages, search, podcast feed, catalogue.

    The site remembers what it is called and where it will be, and holds what was published before; an edition that
    changed is replaced. A name for --remove is that of a folder in the site's "editions".

    \b
    Examples:
      audio-edition publish output/*/ --site site --base-url https://example.org/listen/
      audio-edition publish output/last-ferry-leaves-flooded-harbour --site site
      audio-edition publish --site site --title "The Courier, to listen to" --contact listen@example.org
      audio-edition publish --site site --remove 2026-11-22-last-ferry-leaves-flooded-harbour
    """
    from audio_edition.site import SiteOptions, publish_site

    done = publish_site(site, editions, remove, SiteOptions(**options))
    if not quiet:
        for what, names in (("Added", done.added), ("Replaced", done.replaced), ("Removed", done.removed)):
            for name in names:
                say(f"{what}: {name}")
        report_findings(done.findings)
        say(f"Editions in the site: {len(done.site.entries)}. Pages and other files written: {done.written}.")
        say(f"Look at it with: audio-edition serve {site}")
    summary: dict[str, Any] = {
        "site": str(site),
        "added": done.added,
        "replaced": done.replaced,
        "removed": done.removed,
        "findings": [dataclasses.asdict(finding) for finding in done.findings],
    }
    give(as_json_text(summary) if as_json else str(site))


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for others to see.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 for a free one.")
def serve(folder: Path, host: str, port: int) -> None:
    """Show the site or edition in DIR to browsers on this machine, until Ctrl-C.

    \b
    Examples:
      audio-edition serve site
      audio-edition serve output/last-ferry-leaves-flooded-harbour --port 0
    """
    from audio_edition.serve import server

    with server(folder, host, port) as running, contextlib.suppress(KeyboardInterrupt):
        give(running.url)
        say("Stop with Ctrl-C.")
        running.run()


@click.command()
@click.argument("edition", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The ZIP file, by default next to the edition's folder; with --profile the stick, or a folder.",
)
@click.option("--format", "formats", metavar="NAME,...", help="What to pack; tracks,transcript by default.")
@click.option(
    "--profile",
    metavar="NAME",
    help="Write a memory stick instead: stick for simple players, daisy for DAISY players, or one of the settings.",
)
@click.option("--beside", is_flag=True, help="With --profile: write beside what else is there.")
@settings_file
def pack(
    edition: Path, output: Path | None, formats: str | None, profile: str | None, beside: bool, config: Path | None
) -> None:
    """Pack the folder EDITION into one ZIP file for e-mail or a memory stick, with a text that says how to begin.

    With --profile, write a memory stick, in place of an earlier issue, and read it back: with stick, numbered tracks
    for simple players; with daisy, the unpacked book for DAISY players; else as [sticks.NAME] in the settings says.

    \b
    Examples:
      audio-edition pack output/last-ferry-leaves-flooded-harbour
      audio-edition pack output/last-ferry-leaves-flooded-harbour --format mp3,epub -o ferry.zip
      audio-edition pack output/last-ferry-leaves-flooded-harbour --profile stick -o /media/stick
      audio-edition pack output/last-ferry-leaves-flooded-harbour --profile daisy -o /media/stick
    """
    if profile:
        _write_stick(edition, output, formats, profile, beside, config)
        return
    from audio_edition.pack import BY_DEFAULT
    from audio_edition.pack import pack as packed

    if beside:
        raise click.UsageError("--beside is for a stick: name --profile stick.")
    if output and output.suffix.lower() != ".zip":
        raise click.UsageError(f"-o {output}: the package is a ZIP file; give it a name that ends in .zip.")
    names = BY_DEFAULT if formats is None else [name.strip() for name in formats.split(",")]
    place = packed(edition, output, names)
    say(f"Packed: {size(place.stat().st_size)}")
    give(str(place))


def _write_stick(
    edition: Path, place: Path | None, formats: str | None, name: str, beside: bool, config: Path | None
) -> None:
    from audio_edition.config import load_settings
    from audio_edition.stick import profile_named, write_stick

    if place is None:
        raise click.UsageError("Name the stick, or a folder: -o.")
    if formats is not None:
        raise click.UsageError("--format is for a ZIP file; the profile says what a stick holds.")
    profile = profile_named(name, load_settings(config).sticks)
    written = write_stick(edition, place, profile, beside=beside)
    if written.removed:
        say(f"Removed: {written.removed} files of an earlier issue.")
    say(f"Written and read back: {len(written.files)} files, {size(written.size_bytes)}.")
    give("\n".join(str(place / each.path) for each in written.files))


@click.command()
@click.argument("editions", metavar="EDITION...", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option(
    "--certificate",
    metavar="FILE",
    type=click.Path(path_type=Path),
    required=True,
    help="Your certificate in PEM and those that vouch for it, yours first.",
)
@click.option("--key", metavar="FILE", type=click.Path(path_type=Path), required=True, help="Its private key, in PEM.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The folder of the signed copy of one edition; by default next to it, with -signed behind its name.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print only the result and errors.")
def sign(editions: tuple[Path, ...], certificate: Path, key: Path, output: Path | None, quiet: bool) -> None:
    """Sign copies of the folders EDITION with content credentials (C2PA), as a last step before they are handed out.

    The MP3 and M4B hold their credentials; those of packed books lie beside them. The editions stay as they are.

    \b
    Examples:
      audio-edition sign output/last-ferry-leaves-flooded-harbour --certificate chain.pem --key key.pem
    """
    from audio_edition.sign import load_identity, sign_edition

    if output and len(editions) > 1:
        raise click.UsageError("-o names the folder of one edition; without it, each copy stands beside its edition.")
    identity = load_identity(certificate, key)
    for edition in editions:
        signed = sign_edition(edition, identity, output)
        if not quiet:
            say(f"Signed: {', '.join(signed.inside)}")
            say(f"Signed, with credentials beside it: {', '.join(signed.beside)}")
        give(str(signed.folder))
