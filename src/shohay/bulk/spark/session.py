"""The Spark session of a run, and tables in it that remember what kind of value each column holds."""

from __future__ import annotations

import contextlib
import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shohay.bulk import alike
from shohay.bulk.alike import Made
from shohay.bulk.engine import Engine
from shohay.bulk.spark import dialect

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# What decides the outcome is set here and cannot be set otherwise. What only decides how fast (executors, memory,
# cores) belongs to the cluster: spark-defaults.conf in SPARK_CONF_DIR; docs/spark.md says what to write there.
MEANING = {
    "spark.sql.ansi.enabled": "true",  # an overflow stops the run instead of becoming NULL = cannot tell
    "spark.sql.session.timeZone": "Asia/Dhaka",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",  # dates before 1582 as they are written
    "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
    "spark.sql.caseSensitive": "true",
    "spark.sql.legacy.exponentLiteralAsDecimal.enabled": "false",
    "spark.sql.parquet.compression.codec": "zstd",
}
HOW = {
    # The JVM makes machine code of many short methods, not of one long one: the masks of a run are one expression.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.constraintPropagation.enabled": "false",  # of hundreds of columns it takes seconds and finds nothing
    "spark.sql.maxPlanStringLength": "200",
    "spark.sql.debug.maxToStringFields": "4",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}
QUIET = Path(__file__).parent / "log4j2.properties"
LOCAL = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={QUIET.as_uri()}",
}
MEMORY = "4g"  # of a local Spark, unless SHOHAY_SPARK_MEMORY says another


def open_session(engine: Engine, partitions: int) -> SparkSession:
    """The session of this process (started once), with so many partitions after a shuffle."""
    if is_local(engine):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pyspark's opinion of the pandas that another package brought
        return _started(engine, partitions)


def is_local(engine: Engine) -> bool:
    """Whether Spark runs inside this process's machine."""
    return str(engine.master).startswith("local")


def _started(engine: Engine, partitions: int) -> SparkSession:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("shohay").master(str(engine.master))
    settings = {**HOW, **MEANING, "spark.sql.shuffle.partitions": str(partitions)}
    if is_local(engine):
        settings |= {**LOCAL, "spark.driver.memory": os.environ.get("SHOHAY_SPARK_MEMORY", MEMORY)}
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def close() -> None:
    """Stop the session of this process, if there is one."""
    with contextlib.suppress(ImportError):
        from pyspark.sql import SparkSession

        if session := SparkSession.getActiveSession():
            session.stop()


@dataclass(frozen=True)
class Table:
    """A table in Spark and the kinds of its columns (bulk.spark.dialect)."""

    frame: DataFrame
    kinds: dict[str, str] = field(default_factory=dict)

    def add(self, made: Sequence[Made]) -> Table:
        """Columns made one after another, in DuckDB's SQL; each may read those before it."""
        kinds = dict(self.kinds)
        return self.put(dialect.made(made, kinds), kinds)

    def put(self, made: Sequence[Made], kinds: dict[str, str]) -> Table:
        """Columns that are said in Spark's SQL already."""
        frame = self.frame
        for layer in alike.layers_of(made):
            frame = frame.selectExpr("*", *[f"{sql} as `{name}`" for name, sql in layer])
        return Table(frame, {**self.kinds, **kinds})

    def take(self, names: Sequence[str]) -> Table:
        """Only these columns, each once."""
        wanted = list(dict.fromkeys(names))
        return Table(self.frame.select(*wanted), {name: self.kinds[name] for name in wanted if name in self.kinds})

    def join(self, other: Table, on: str, how: str) -> Table:
        """The columns of ``other`` beside those of the rows with the same ``on``."""
        return Table(self.frame.join(other.frame, on, how), {**other.kinds, **self.kinds})


def grouped(table: Table, by: str, made: Sequence[tuple[str, str, str]]) -> Table:
    """A row for each value of ``by``; ``made``: (column, Spark's SQL of an aggregate, kind)."""
    from pyspark.sql import functions

    columns: list[Any] = [functions.expr(sql).alias(name) for name, sql, _ in made]
    kinds = {by: table.kinds[by]} | {name: kind for name, _, kind in made}
    return Table(table.frame.groupBy(by).agg(*columns), kinds)
