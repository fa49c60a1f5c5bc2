"""XMP in sound files: metadata for programs that read any kind of file (ISO 16684-1; XMP Part 3, "Storage in Files").
It holds one fact, the digital source type of IPTC's Photo and Video Metadata.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from audio_edition.formats.disclosure import iptc_source_type
from audio_edition.model import Voice

ID3_OWNER = "XMP"
"""The owner of the ID3 frame PRIV that holds a packet (XMP Part 3, 1.1.3 "MP3")."""
_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
"""The UUID of the box of an MP4 file that holds a packet (XMP Part 3, "MPEG-4")."""
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
<Iptc4xmpExt:DigitalSourceType>{source_type}</Iptc4xmpExt:DigitalSourceType>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def packet(voices: Sequence[Voice]) -> bytes:
    """Return an XMP packet with the digital source type of these voices."""
    return _PACKET.format(source_type=iptc_source_type(voices)).encode()


def box(voices: Sequence[Voice]) -> bytes:
    """Return the packet as a box of an MP4 file, which may be anywhere between other top-level boxes."""
    content = _UUID + packet(voices)
    return struct.pack(">I4s", 8 + len(content), b"uuid") + content
