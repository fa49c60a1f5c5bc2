"""`python -m audio_edition` is `audio-edition`."""

from audio_edition.cli import main

if __name__ == "__main__":
    main(prog_name="audio-edition")
