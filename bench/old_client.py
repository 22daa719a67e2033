"""Does a client of DuckDB 1.5 read the published files? Asks one that is installed for it in a temporary folder.

    python -m bench.old_client [VERSION] [--home DIR]

Installs `duckdb==VERSION` (default: 1.5.*) with pip, opens both published files read-only and asks every table, view
and macro. Prints one JSON object; exit code 1 where something could not be read.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from pipelines.storage.home import Home

PROGRAM = """
import duckdb, json, sys
told, broken = {}, []
for path in sys.argv[1:]:
    con = duckdb.connect(path, read_only=True)
    names = con.execute("SELECT schema_name || '.' || table_name FROM duckdb_tables() UNION ALL "
        "SELECT schema_name || '.' || view_name FROM duckdb_views() WHERE NOT internal ORDER BY 1").fetchall()
    macros = con.execute("SELECT schema_name || '.' || function_name || '(current_date)' FROM duckdb_functions() "
        "WHERE function_type = 'table_macro' AND NOT internal").fetchall()
    for (name,) in names + macros:
        try:
            told[name] = con.execute(f"SELECT count(*) FROM (SELECT DISTINCT * FROM {name})").fetchone()[0]
        except duckdb.Error as error:
            broken.append(f"{name}: {error}")
    con.close()
print(json.dumps({"duckdb": duckdb.__version__, "rows": told, "broken": broken}))
"""


def ask(files: list[Path], version: str) -> dict[str, object]:
    """What the older client says of the files."""
    with tempfile.TemporaryDirectory(prefix="tallyhouse-client-") as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", f"duckdb=={version}"], check=True)
        done = subprocess.run([python, "-c", PROGRAM, *files], capture_output=True, text=True, check=False)
        if done.returncode:
            return {"broken": [done.stderr.strip()]}
        told: dict[str, object] = json.loads(done.stdout)
        return told


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("version", nargs="?", default="1.5.*")
    parser.add_argument("--home", type=Path, help="whose published files to read (default: the usual home)")
    given = parser.parse_args()
    home = Home.find(given.home)
    told = ask([home.published, home.bodies], given.version)
    print(json.dumps(told))
    sys.exit(bool(told["broken"]))
