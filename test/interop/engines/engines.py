"""Reads Iceberg tables with one engine.

Takes a JSON request on standard input: {"engine", "jar", "ivy", "cases": [{"name", "folder", "filter"?}]}, where folders are below the
working directory. Prints a line of JSON for each case, {"name", "rows"} or {"name", "error"}, and before them {"version"}. Values
are printed so that JSON loses nothing: whole numbers as text, times as microseconds, bytes in hexadecimal digits.
"""

import datetime
import decimal
import glob
import importlib
import json
import os
import sys
import uuid
from importlib.metadata import version

import pyarrow as pa

DIGITS = decimal.Context(prec=80)
MICROS = {"s": 1_000_000, "ms": 1_000, "us": 1, "ns": 1_000}


def metadata_of(folder):
    with open(os.path.join(folder, "metadata", "version-hint.text"), encoding="ascii") as hint:
        return os.path.abspath(os.path.join(folder, "metadata", f"v{hint.read()}.metadata.json"))


def where(case, column="k"):
    """The condition of a case in SQL."""
    if "filter" not in case:
        return ""
    question = case["filter"]
    literal = {"long": "{}", "int": "{}", "date": "DATE '{}'", "timestamp": "TIMESTAMP '{}'"}.get(question["type"], "'{}'")
    return f" WHERE {column} {question['op']} {literal.format(question['value'])}"


class DuckDB:
    version = f"{version('duckdb')}, iceberg {version('duckdb-extension-iceberg')}"

    def read(self, case):
        import duckdb

        connection = duckdb.connect()
        # avro first: iceberg needs it, and would download it.
        for name in ("avro", "iceberg"):
            package = importlib.import_module(f"duckdb_extension_{name}")
            pattern = os.path.join(os.path.dirname(package.__file__), "extensions", "*", "*.duckdb_extension")
            connection.execute(f"LOAD '{glob.glob(pattern)[0]}'")
        connection.execute("SET TimeZone = 'UTC'")
        result = connection.execute(f"SELECT * FROM iceberg_scan('{case['folder']}'){where(case)}").arrow()
        return result.read_all() if isinstance(result, pa.RecordBatchReader) else result


class ClickHouse:
    version = f"chdb {version('chdb')}"
    settings = (
        "session_timezone = 'UTC', output_format_arrow_string_as_string = 0, output_format_arrow_fixed_string_as_fixed_byte_array = 1"
    )

    def read(self, case):
        import chdb

        condition = where(case)
        if case.get("filter", {}).get("type") == "timestamptz":
            # Its string literals of times have no offset.
            condition = f" WHERE k {case['filter']['op']} parseDateTime64BestEffort('{case['filter']['value']}', 6)"
        query = f"SELECT * FROM icebergLocal('{case['folder']}'){condition} SETTINGS {self.settings}"
        return chdb.query(query, "ArrowTable")


class Spark:
    version = f"{version('pyspark')}"

    def __init__(self, request):
        from pyspark.sql import SparkSession

        settings = {
            "spark.jars.packages": request["jar"],
            "spark.jars.ivy": request["ivy"],
            "spark.ui.enabled": "false",
            "spark.sql.session.timeZone": "UTC",
            "spark.sql.shuffle.partitions": "1",
            "spark.sql.timestampType": "TIMESTAMP_NTZ",
            "spark.sql.extensions": "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
            "spark.sql.catalog.local": "org.apache.iceberg.spark.SparkCatalog",
            "spark.sql.catalog.local.type": "hadoop",
            "spark.sql.catalog.local.warehouse": os.path.abspath(request["warehouse"]),
            "spark.sql.catalog.local.cache-enabled": "false",
        }
        builder = SparkSession.builder.master("local[1]")
        for name, value in settings.items():
            builder = builder.config(name, value)
        self.spark = builder.getOrCreate()
        self.spark.sparkContext.setLogLevel("OFF")
        self.version = f"{Spark.version}, {request['jar'].split(':', 1)[1]}"

    def read(self, case):
        frame = self.spark.sql(f"SELECT * FROM local.db.{case['name']}{where(case)}")
        try:
            return frame.toArrow()
        except pa.ArrowInvalid:
            # Spark reads null structs with required fields, and its conversion to Arrow does not take them.
            return pa.Table.from_pylist([row.asDict(recursive=True) for row in frame.collect()])


class IcebergRust:
    version = f"pyiceberg-core {version('pyiceberg-core')}, datafusion {version('datafusion')}"

    def read(self, case):
        from datafusion import SessionContext
        from pyiceberg_core.datafusion import IcebergDataFusionTable

        location = f"file://{metadata_of(case['folder'])}"
        provider = IcebergDataFusionTable(["db", case["name"]], location, {})
        context = SessionContext()
        context.register_table("t", provider)
        return context.sql(f"SELECT * FROM t{where(case)}").to_arrow_table()


def pyiceberg_table(case):
    from pyiceberg.table import StaticTable

    return StaticTable.from_metadata(metadata_of(case["folder"]))


class PyIceberg:
    version = f"{version('pyiceberg')}, pyarrow {version('pyarrow')}"

    def read(self, case):
        from pyiceberg.expressions import AlwaysTrue, EqualTo, LessThan

        question = case.get("filter")
        if question is None:
            return pyiceberg_table(case).scan(row_filter=AlwaysTrue()).to_arrow()
        value = int(question["value"]) if question["type"] == "long" else question["value"]
        if question["type"] == "uuid":
            value = uuid.UUID(value)
        if question["type"] == "timestamptz":
            value = value.replace("Z", "+00:00")
        predicate = {"=": EqualTo, "<": LessThan}[question["op"]]
        return pyiceberg_table(case).scan(row_filter=predicate("k", value)).to_arrow()


def python_value(question):
    value = question["value"]
    if question["type"] == "long":
        return int(value)
    if question["type"] == "date":
        return datetime.date.fromisoformat(value)
    if question["type"].startswith("timestamp"):
        return datetime.datetime.fromisoformat(value)
    return uuid.UUID(value).bytes if question["type"] == "uuid" else value


class Polars:
    version = version("polars")

    def read(self, case):
        import polars as pl

        frame = pl.scan_iceberg(metadata_of(case["folder"]))
        if "filter" in case:
            value = pl.lit(python_value(case["filter"]))
            frame = frame.filter(pl.col("k") == value if case["filter"]["op"] == "=" else pl.col("k") < value)
        return frame.collect().to_arrow()


class Daft:
    version = version("daft")

    def read(self, case):
        import daft

        frame = daft.read_iceberg(pyiceberg_table(case))
        if "filter" in case:
            value = daft.lit(python_value(case["filter"]))
            frame = frame.where(daft.col("k") == value if case["filter"]["op"] == "=" else daft.col("k") < value)
        return frame.to_arrow()


def printed(kind, scalar):
    if not scalar.is_valid:
        return None
    if isinstance(kind, pa.BaseExtensionType):
        return printed(kind.storage_type, scalar.value)
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return [printed(kind.value_type, item) for item in scalar.values]
    if pa.types.is_map(kind):
        entries = scalar.values
        return [[printed(kind.key_type, k), printed(kind.item_type, v)] for k, v in zip(entries.field(0), entries.field(1))]
    if pa.types.is_struct(kind):
        return {field.name: printed(field.type, scalar[field.name]) for field in kind}
    if pa.types.is_dictionary(kind):
        return printed(kind.value_type, pa.scalar(scalar.as_py(), kind.value_type))
    if pa.types.is_decimal(kind):
        return str(int(scalar.as_py().scaleb(kind.scale, DIGITS)))
    if pa.types.is_timestamp(kind) or pa.types.is_time(kind):
        value = scalar.value if pa.types.is_timestamp(kind) else scalar.cast(pa.int64() if kind.bit_width == 64 else pa.int32()).as_py()
        return str(value // 1_000 if kind.unit == "ns" else value * MICROS[kind.unit])
    if pa.types.is_date(kind):
        return str(scalar.cast(pa.date32()).value)
    value = scalar.as_py()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, float):
        return value + 0.0
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def rows_of(table):
    columns = [[printed(table.schema.field(name).type, scalar) for scalar in table.column(name)] for name in table.column_names]
    return [dict(zip(table.column_names, row)) for row in zip(*columns)]


ENGINES = {
    "DuckDB": lambda request: DuckDB(),
    "ClickHouse": lambda request: ClickHouse(),
    "Spark": Spark,
    "iceberg-rust": lambda request: IcebergRust(),
    "PyIceberg": lambda request: PyIceberg(),
    "Polars": lambda request: Polars(),
    "Daft": lambda request: Daft(),
}


def main():
    request = json.load(sys.stdin)
    # What engines print is no answer.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    engine = ENGINES[request["engine"]](request)
    print(json.dumps({"version": engine.version}), file=answers, flush=True)
    for case in request["cases"]:
        try:
            answer = {"rows": rows_of(engine.read(case))}
        except BaseException as error:  # pylint: disable=broad-exception-caught  (Rust panics are no Exception)
            answer = {"error": f"{type(error).__name__}: {error}"[:500]}
        print(json.dumps({"name": case["name"], **answer}), file=answers, flush=True)


if __name__ == "__main__":
    main()
