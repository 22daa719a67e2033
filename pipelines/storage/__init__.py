"""The only code that touches disk: raw files, staged Parquet, the DuckDB warehouse, exports.

What lives here, each in its own module: where things lie (`home`), the one writer (`lock`), the record (`raw`), what
extraction leaves (`staging`), the next warehouse file (`build`, `schema`, `marts`), the published one (`warehouse`),
article bodies (`texts`), what leaves (`exports`), copies and comparison (`backup`, `diff`), what is cleared away
(`retention`), and what tables and columns mean (`dictionary`, `lineage`). What does not: what a number means, and
whether it is believable; catalogue rows and verdicts are handed in as plain values. Nothing here is imported by the
extraction, and DuckDB and Arrow only inside the modules that need them.
"""
