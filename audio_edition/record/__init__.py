"""Record: clips and pauses become encoded tracks and exact cues."""
