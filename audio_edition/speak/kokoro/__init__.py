"""The engine `kokoro`: natural voices in eight languages and accents by one model, spoken in this process.

model.py finds the model, checks it and runs it, graph.py makes it quicker, espeak.py puts text into IPA, alphabet.py
puts IPA into what the model reads, voices.py knows its voices and where their files are, pace.py knows their pace.
"""

VERSION = 4
"""To be raised with each change here that is heard: clips are kept under it."""
