"""The templates of pages and XML: what they are given is always escaped, and a name they lack is an error."""

from __future__ import annotations

import functools

import jinja2

from audio_edition.formats.clock import decimal_seconds, timestamp


@functools.cache
def _environment(package: str) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(package, "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    environment.filters |= {"seconds": decimal_seconds, "clock": timestamp}
    return environment


def template(name: str, package: str = "audio_edition.formats") -> jinja2.Template:
    """Return a template from the `templates/` of a package."""
    return _environment(package).get_template(name)
