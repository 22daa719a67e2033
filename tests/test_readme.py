"""The README is true: its commands run, what it prints is what they print, and its rows and entries can be used.

`python -m tests.test_readme` writes the output that the commands give now into the README, for a review in the diff.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"

_CONSOLE = re.compile(r"(```console\n\$ (?P<command>.+)\n)(?P<output>(?:.*\n)*?)(```)")
_DATA = re.compile(r"```(?:csv|yaml)\n# (?P<path>\S+)\n(?P<content>(?:.*\n)*?)```")
_SHELL = re.compile(r"```sh\n(?P<commands>(?:.*\n)*?)```")
_LINK = re.compile(r"\]\((?!https?:)(?P<path>[^)#]+)\)")


def run(command: str, home: Path) -> str:
    """What a command of the README prints in a new home; `./tallyhouse` is what the launcher starts."""
    words = shlex.split(command)
    assert words[0] == "./tallyhouse", command
    done = subprocess.run(
        [sys.executable, "-P", "-m", "pipelines", *words[1:]],
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TALLYHOUSE_HOME": str(home), "TALLYHOUSE_COMMAND": words[0]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    return done.stdout


def played(home: Path) -> str:
    """The README with the output that its commands give in `home`, run in their order."""
    shutil.copytree(ROOT / "raw" / "examples", home / "raw" / "examples")
    text = README.read_text(encoding="utf-8")
    for block in _DATA.finditer(text):
        if block["path"].startswith("catalogue/"):
            target = home / "told" / Path(block["path"]).name
            target.parent.mkdir(exist_ok=True)
            target.write_text(block["content"], encoding="utf-8")

    def answer(block: re.Match[str]) -> str:
        if block.start() > text.index("catalogue/metrics.csv") and (home / "told").exists():
            (home / "told").rename(home / "catalogue")  # from here on the reader has added the rows
        return f"{block[1]}{run(block['command'], home)}{block[4]}"

    return _CONSOLE.sub(answer, text)


@pytest.mark.slow
def test_commands_print_what_the_readme_says(tmp_path: Path) -> None:
    assert played(tmp_path) == README.read_text(encoding="utf-8"), "python -m tests.test_readme writes the new output"


def test_commands_without_output_exist() -> None:
    for block in _SHELL.finditer(README.read_text(encoding="utf-8")):
        for line in block["commands"].splitlines():
            name, command, *_ = shlex.split(line)
            assert name == "./tallyhouse"
            done = subprocess.run(
                [sys.executable, "-m", "pipelines", command, "--help"], cwd=ROOT, capture_output=True, check=False
            )
            assert done.returncode == 0, line


def test_links_lead_somewhere() -> None:
    for link in _LINK.finditer(README.read_text(encoding="utf-8")):
        assert (ROOT / link["path"]).exists(), link["path"]


@pytest.mark.slow
def test_the_expectation_can_be_added(tmp_path: Path) -> None:
    import pandas as pd

    from pipelines import checks

    (block,) = (b for b in _DATA.finditer(README.read_text(encoding="utf-8")) if "expectations/" in b["path"])
    own = tmp_path / "observation.yml"
    head = "table: observation\ndescription: the README's\nkey: observation_id\nexpectations:\n"
    count = "  - {id: n, type: expect_table_row_count_to_be_between, kwargs: {min_value: 1}, description: rows}\n"
    own.write_text(head + count + block["content"], encoding="utf-8")
    suite = checks.suites.read(own)
    frame = pd.DataFrame({"observation_id": ["a", "b"], "confidence": [0.9, 0.1]})
    verdicts, refused = checks.judge(suite, frame)
    assert [verdict.end for verdict in verdicts] == ["passed", "warned"]
    assert refused == []


def main() -> None:
    """Writes the README anew."""
    with tempfile.TemporaryDirectory() as folder:
        README.write_text(played(Path(folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
