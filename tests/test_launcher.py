"""The launcher: sets up once, from what the lock says, from wherever it is called, and then stays out of the way.

The trees are small (an empty lock, a command line that prints what it is given), the shell, Python and venv real.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ("sh", "dirname", "readlink", "cmp", "cp", "mv", "rm", "rmdir", "mkdir", "cat", "sleep")
ECHO = """
import os, sys
print([sys.argv[1:], os.environ["TALLYHOUSE_HOME"], os.environ["TALLYHOUSE_COMMAND"], sys.prefix])
sys.exit(3 if "three" in sys.argv else 0)
"""


pytestmark = pytest.mark.skipif(os.name != "posix", reason="the launcher is a shell script")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository with nothing to install."""
    made = tmp_path / "a tree"
    (made / "pipelines").mkdir(parents=True)
    shutil.copy(ROOT / "tallyhouse", made / "tallyhouse")
    (made / "pipelines" / "__init__.py").touch()
    (made / "pipelines" / "__main__.py").write_text(ECHO, encoding="utf-8")
    for lock in ("requirements.lock", "requirements-test.lock"):
        (made / lock).touch()
    return made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A PATH with the tools of a bare machine, Python and no uv."""
    made = tmp_path / "bin"
    made.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found, tool
        (made / tool).symlink_to(found)
    (made / "python3").symlink_to(Path(sys.base_prefix) / "bin" / "python3")
    return made


def start(launcher: Path, *arguments: str, path: Path, cwd: Path | None = None) -> "subprocess.Popen[str]":
    """The launcher, begun."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("TALLYHOUSE", "PYTHON", "VIRTUAL_ENV"))}
    return subprocess.Popen(
        [str(launcher), *arguments],
        cwd=cwd,
        env={**environment, "PATH": str(path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def call(launcher: Path, *arguments: str, path: Path, cwd: Path | None = None) -> "tuple[int, str, str]":
    """The launcher's exit code, standard output and standard error."""
    begun = start(launcher, *arguments, path=path, cwd=cwd)
    out, err = begun.communicate(timeout=120)
    return begun.returncode, out, err


@pytest.mark.slow
def test_it_sets_up_once_and_passes_everything_on(tree: Path, path: Path, tmp_path: Path) -> None:
    launcher = tree / "tallyhouse"
    code, out, err = call(launcher, "one", "two words", path=path, cwd=tmp_path)
    assert code == 0
    assert out == f"{[['one', 'two words'], str(tree), str(launcher), str(tree / '.venv')]}\n"
    assert "requirements.lock" in err

    code, out, err = call(launcher, "three", path=path, cwd=tmp_path)
    assert (code, err) == (3, "")

    (tmp_path / "link").symlink_to("a tree/tallyhouse")
    (tmp_path / "further").symlink_to(tmp_path / "link")
    for link in ("link", "further"):
        code, out, err = call(tmp_path / link, path=path, cwd=tree / "pipelines")
        assert (code, err) == (0, "")
        assert str(tree / ".venv") in out

    (tree / "requirements.lock").write_text("# another\n", encoding="utf-8")
    code, out, err = call(launcher, path=path)
    assert code == 0
    assert "has changed" in err
    assert call(launcher, path=path)[2] == ""

    code, out, err = call(launcher, "test", "-k", "x", path=path)
    assert code == 0
    assert "requirements-test.lock" in err
    assert call(launcher, "test", path=path)[2] == ""

    # A lock that cannot be installed is tried again each time, and never counts as done.
    (tree / "requirements.lock").write_text("unhashed==1.0\n", encoding="utf-8")
    for _ in range(2):
        code, out, err = call(launcher, path=path)
        assert (code, out) == (2, "")
        assert "run again" in err
    (tree / "requirements.lock").write_text("", encoding="utf-8")
    assert call(launcher, path=path)[0] == 0


@pytest.mark.slow
def test_several_at_once_and_a_dead_one_before_them(tree: Path, path: Path) -> None:
    (tree / ".venv.lock").mkdir()
    (tree / ".venv.lock" / "owner").write_text("4194304\n", encoding="utf-8")  # beyond any process id
    begun = [start(tree / "tallyhouse", str(number), path=path) for number in range(4)]
    told = [process.communicate(timeout=120) for process in begun]
    assert [process.returncode for process in begun] == [0] * 4
    assert sorted(err.count("installing") for _, err in told) == [0, 0, 0, 1]
    assert not (tree / ".venv.lock").exists()


def test_a_machine_without_python_is_told_what_it_needs(tree: Path, path: Path) -> None:
    (path / "python3").unlink()
    code, out, err = call(tree / "tallyhouse", path=path)
    assert (code, out) == (2, "")
    assert "Python 3.11" in err
    assert not (tree / ".venv.lock").exists()


def test_an_old_python_is_not_taken(tree: Path, path: Path) -> None:
    (path / "python3").unlink()
    (path / "python3").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (path / "python3").chmod(0o755)
    code, _, err = call(tree / "tallyhouse", path=path)
    assert code == 2
    assert "none was found" in err
