"""The command line as its user meets it: what comes out, on which stream, and with which exit code."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from pipelines.storage.home import Home
from pipelines.vocabulary.observation import Observation

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "raw" / "examples"
HEAVY = ("dagster", "great_expectations", "duckdb", "pandas", "pyarrow", "rich")
SENTENCE = "Grain output exceeded 695 million tonnes in 2023, up 1.3% year on year."
COMMANDS = (
    "ingest", "check", "status", "extract", "try", "sql", "find", "explain", "doctor", "ui", "test", "catalogue",
)  # fmt: skip


def tallyhouse(
    *arguments: str | Path, home: Path | None = None, given: str | bytes | None = None
) -> "subprocess.CompletedProcess[str]":
    """The command line in a process of its own."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TALLYHOUSE")}
    if home is not None:
        environment["TALLYHOUSE_HOME"] = str(home)
    done = subprocess.run(
        [sys.executable, "-m", "pipelines", *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        input=given.encode() if isinstance(given, str) else given,
        stdin=subprocess.DEVNULL if given is None else None,
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def lines(text: str) -> list[dict[str, object]]:
    """JSON Lines."""
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of articles, one of which cannot be read, and files that are none."""
    made = tmp_path / "in"
    (made / "deep").mkdir(parents=True)
    (made / "a.txt").write_text(f"Grain\n\n{SENTENCE}\n", encoding="utf-8")
    (made / "deep" / "b.md").write_text(f"---\ndate: 2024-01-17\n---\n# Grain\n\n{SENTENCE}\n", encoding="utf-8")
    (made / "deep" / "c.html").write_bytes(b"")
    (made / "README.md").write_text("There are 3 articles here.", encoding="utf-8")
    (made / "a.meta.json").write_text('{"publisher": "The Grain Gazette"}', encoding="utf-8")
    return made


# extract


def test_extract_prints_the_contract_and_the_path(folder: Path) -> None:
    done = tallyhouse("extract", folder / "a.txt")
    assert (done.returncode, done.stderr) == (0, "")
    found = lines(done.stdout)
    assert [set(record) for record in found] == [{f.name for f in fields(Observation)} | {"path"}] * len(found)
    assert {record["path"] for record in found} == {(folder / "a.txt").as_posix()}
    assert [(record["value"], record["unit"], record["bound"]) for record in found] == [
        (695000000, "t", ">"),
        (1.3, "%", "="),
    ]


def test_extract_goes_on_after_an_article_that_cannot_be_read(folder: Path) -> None:
    done = tallyhouse("extract", folder)
    assert done.returncode == 3
    assert {record["path"] for record in lines(done.stdout)} == {f"{folder}/a.txt", f"{folder}/deep/b.md"}
    assert f"{folder}/deep/c.html" in done.stderr
    assert "README" not in done.stdout + done.stderr


def test_extract_reads_standard_input_and_a_date() -> None:
    text = "Grain\n\nGrain output was 695 million tonnes last year.\n"
    undated, dated = (
        tallyhouse("extract", "-", given=text),
        tallyhouse("extract", "-", "--date", "2024-01-17", given=text),
    )
    assert [record["period_end"] for record in lines(undated.stdout)] == [None]
    assert [record["period_end"] for record in lines(dated.stdout)] == ["2023-12-31"]
    assert [record["path"] for record in lines(dated.stdout)] == ["-"]


def test_extract_as_a_table(folder: Path) -> None:
    done = tallyhouse("extract", folder / "a.txt", "--format", "table")
    assert "> 695,000,000" in done.stdout
    assert "695 million tonnes" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("extract", "nowhere"), "nowhere"),
        (("extract", "-", "--date", "yesterday"), "YYYY-MM-DD"),
        (("extract",), "Missing argument"),
        (("extract", "-", "--format", "xml"), "xml"),
        (("ingest", "nowhere"), "nowhere"),
        (("no-such-command",), "no-such-command"),
        (("try", " "), "sentence"),
        (("try", "no/such.html"), "no such file"),
    ],
)
def test_wrong_use_is_told_and_ends_with_2(arguments: tuple[str, ...], told: str, tmp_path: Path) -> None:
    done = tallyhouse(*arguments, home=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_extract_touches_nothing_and_loads_nothing_heavy(tmp_path: Path) -> None:
    program = f"""
import sys
sys.argv[1:] = ["extract", {str(EXAMPLES / "000.txt")!r}]
from pipelines.cli import main
try:
    main()
finally:
    print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env={**os.environ, "TALLYHOUSE_HOME": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "[]\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_ends_with_4() -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pipelines", "extract", str(EXAMPLES / "000.txt")],
            cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 4
    assert "full" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_stops_is_no_error() -> None:
    begun = subprocess.Popen(
        [sys.executable, "-m", "pipelines", "extract", str(EXAMPLES)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert begun.stdout and begun.stderr
    begun.stdout.readline()
    begun.stdout.close()
    assert begun.stderr.read() == b""
    begun.stderr.close()
    begun.wait(timeout=60)


# try


def test_try_tells_what_decided() -> None:
    done = tallyhouse("try", SENTENCE)
    assert done.returncode == 0
    assert "[[695 million tonnes]]" in done.stdout
    assert "> 695,000,000 t = 695,000,000,000 kg" in done.stdout
    assert "rules" in done.stdout
    assert "exceeded" in done.stdout
    assert "2023   year" in done.stdout


def test_try_opens_a_file(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<html><body><article><p>{SENTENCE}</p></article></body></html>", encoding="utf-8")
    assert "[[695 million tonnes]]" in tallyhouse("try", str(page)).stdout


def test_try_says_when_nothing_is_there() -> None:
    assert "No statistic" in tallyhouse("try", "Nothing to see here.").stdout


# help


def test_help_lists_every_command_and_gives_an_example_of_each() -> None:
    listed = tallyhouse("--help")
    assert listed.returncode == 0
    for command in COMMANDS:
        assert command in listed.stdout
        if command != "catalogue":
            assert f"Example: tallyhouse {command}" in tallyhouse(command, "--help").stdout, command


# what is published


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with two articles ingested, one of which is doubted for the other's sake."""
    made = Home(tmp_path_factory.mktemp("home"))
    made.prepare()
    for name in ("000", "057"):
        for path in EXAMPLES.glob(f"{name}.*"):
            shutil.copy(path, made.raw)
    planned = tallyhouse("ingest", "--dry-run", home=made.root)
    assert planned.returncode == 0
    assert "000.txt" in planned.stdout
    assert not made.published.exists()
    done = tallyhouse("ingest", home=made.root)
    assert done.returncode == 0, done.stderr
    assert "2 new, 0 known, 0 failed" in done.stdout
    assert "accepted" in done.stdout
    assert str(made.published) in done.stdout
    return made


def ask(home: Home, query: str) -> list[dict[str, object]]:
    """The rows of a query."""
    answer: list[dict[str, object]] = json.loads(tallyhouse("sql", query, "--format", "json", home=home.root).stdout)
    return answer


@pytest.mark.slow
def test_the_query_that_ingest_proposes_runs(home: Home) -> None:
    told = tallyhouse("ingest", home=home.root)
    assert told.stdout.startswith("Nothing to do: 2 articles known, 0 failed.")
    (proposed,) = (line for line in told.stdout.splitlines() if line.startswith("Try"))
    assert ask(home, proposed.partition('sql "')[2].rstrip('"'))


@pytest.mark.slow
def test_sql_answers_in_each_format(home: Home) -> None:
    query = (
        "SELECT 1 AS one, 'a,b' AS text, NULL AS nothing, [1, 2] AS list, 2.50::DECIMAL(9, 2) AS exact, 1e30 AS huge"
    )
    assert ask(home, query) == [{"one": 1, "text": "a,b", "nothing": None, "list": [1, 2], "exact": 2.5, "huge": 1e30}]
    table = tallyhouse("sql", query, home=home.root).stdout.splitlines()
    assert table[0].split() == ["one", "text", "nothing", "list", "exact", "huge"]
    rows = list(csv.reader(io.StringIO(tallyhouse("sql", query, "--format", "csv", home=home.root).stdout)))
    assert rows == [["one", "text", "nothing", "list", "exact", "huge"], ["1", "a,b", "", "[1, 2]", "2.5", "1e+30"]]
    assert ask(home, "SELECT 1 AS a WHERE false") == []


@pytest.mark.slow
def test_sql_only_reads(home: Home) -> None:
    for query in ("DELETE FROM core.article", "CREATE TABLE core.mine (a INTEGER)", "SELEC 1"):
        done = tallyhouse("sql", query, home=home.root)
        assert (done.returncode, done.stdout) == (2, ""), query
    assert ask(home, "SELECT count(*) AS n FROM core.article") == [{"n": 2}]


def test_without_a_warehouse_the_next_step_is_told(tmp_path: Path) -> None:
    for arguments in (("sql", "SELECT 1"), ("explain", "abcd"), ("check",)):
        done = tallyhouse(*arguments, home=tmp_path)
        assert done.returncode == 2
        assert "tallyhouse ingest" in done.stderr
    assert tallyhouse("status", home=tmp_path).returncode == 0
    assert tallyhouse("doctor", home=tmp_path).returncode == 0


@pytest.mark.slow
def test_find_looks_in_metrics_places_and_articles(home: Home) -> None:
    found = tallyhouse("find", "Computing", "power", home=home.root).stdout
    assert "intelligent_computing_power" in found
    assert "China second in the world" in found
    assert "Shenzhen" in tallyhouse("find", "深圳", home=home.root).stdout
    assert "Nothing matches" in tallyhouse("find", "zzzz", home=home.root).stdout


@pytest.mark.slow
def test_explain_opens_an_observation_at_its_words(home: Home) -> None:
    doubted = ask(home, "SELECT observation_id FROM mart.flagged WHERE proposed_value = 1590000 LIMIT 1")
    given = str(doubted[0]["observation_id"])
    told = tallyhouse("explain", given, home=home.root)
    assert told.returncode == 0
    for words in (
        "[[159 million PFlops (FP16)]]", "Wedoany", "https://en.wedoany.com", "retelling", "cite", "accepted",
        "power_of_ten", "proposed value 1,590,000 PFLOPS", "1.59 million", "usatoday24.com",
    ):  # fmt: skip
        assert words in told.stdout, words
    assert tallyhouse("explain", given[:8], home=home.root).stdout == told.stdout
    assert tallyhouse("explain", "ffff0000ffff0000", home=home.root).returncode == 2


@pytest.mark.slow
def test_status_and_doctor_tell_how_things_stand(home: Home) -> None:
    status = tallyhouse("status", home=home.root).stdout
    assert "accepted" in status
    assert "0 articles to read" in status
    doctor = tallyhouse("doctor", home=home.root)
    assert doctor.returncode == 0
    assert "FAIL" not in doctor.stdout


@pytest.mark.slow
def test_the_option_wins_over_the_variable(home: Home, tmp_path: Path) -> None:
    for arguments in (("--home", home.root, "status"), ("status", "--home", home.root)):
        assert str(home.root) in tallyhouse(*arguments, home=tmp_path).stdout


@pytest.mark.slow
def test_check_holds_the_published_against_the_expectations(home: Home, tmp_path: Path) -> None:
    import duckdb

    done = tallyhouse("check", home=home.root)
    assert done.returncode == 0
    assert "warehouse.candidates_accounted" in done.stdout

    broken = Home(tmp_path)
    broken.prepare()
    for file in (home.published, home.bodies):
        shutil.copy(file, broken.published.parent)
    with duckdb.connect(str(broken.published)) as con:
        con.execute("INSERT INTO core.observation FROM core.observation LIMIT 1")
    done = tallyhouse("check", home=broken.root)
    assert done.returncode == 1
    assert "warehouse.observation_id_unique" in done.stdout


@pytest.mark.slow
def test_ingest_copies_what_it_is_given_and_tells_what_it_cannot_read(home: Home, folder: Path, tmp_path: Path) -> None:
    own = Home(tmp_path / "own")
    own.prepare()
    for name in ("raw", "warehouse", ".tallyhouse"):
        shutil.copytree(home.root / name, own.root / name, dirs_exist_ok=True)
    done = tallyhouse("ingest", folder, home=own.root)
    assert done.returncode == 3
    assert "1 failed" in done.stdout
    assert "c.html" in done.stderr
    assert sorted(p.name for p in own.raw.rglob("*") if p.name[0] in "abc") == [
        "a.meta.json",
        "a.txt",
        "b.md",
        "c.html",
    ]
    published = own.published.stat().st_mtime_ns
    again = tallyhouse("ingest", home=own.root)
    assert (again.returncode, own.published.stat().st_mtime_ns) == (3, published)


# the catalogue


def test_a_wrong_row_is_named_with_file_and_line(tmp_path: Path) -> None:
    overlay = tmp_path / "catalogue"
    overlay.mkdir()
    heading = (ROOT / "pipelines/catalogue/data/units.csv").read_text(encoding="utf-8").splitlines()
    columns = next(line for line in heading if line.startswith("code,"))
    (overlay / "units.csv").write_text(f"# mine\n{columns}\nmaund,masss,37.3\n", encoding="utf-8")
    done = tallyhouse("catalogue", "check", home=tmp_path)
    assert done.returncode == 2
    assert "units.csv, line 3" in done.stderr
    assert 'did you mean "mass"' in done.stderr
    assert tallyhouse("doctor", home=tmp_path).returncode == 2
