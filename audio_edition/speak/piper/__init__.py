"""The engine `piper`: neural voices, each an ONNX model with its settings beside it, spoken in this process.

files.py finds and describes a voice, graph.py makes of its model what model.py runs, phonemes.py says what it is to say
and which word is where.
"""

VERSION = 3
"""To be raised with each change here that is heard: clips are kept under it."""
