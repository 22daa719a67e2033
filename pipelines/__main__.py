"""`python -m pipelines`: the command line without an installation.

Modules, word tables and their regular expressions stay to the end of the process, so the collector of cycles is off
while they are loaded: looking through them over and over would be a fifth of the time to start.
"""

import gc

gc.disable()

from pipelines.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
