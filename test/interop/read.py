"""Reads Iceberg tables with other engines.

Takes a JSON list of requests on standard input, {"engine", "table", "column"?, "value"?}, and prints a JSON list of
answers, {"rows"} or {"error"}. Values are printed so that JSON loses nothing: whole numbers as strings, times as
microseconds and dates as days since 1970.
"""

import decimal
import glob
import importlib
import json
import os
import re
import sys
import uuid

import duckdb
import pyarrow as pa
from pyiceberg.expressions import AlwaysTrue, EqualTo
from pyiceberg.table import StaticTable


def connect():
    connection = duckdb.connect()
    # avro first: iceberg needs it, and would download it.
    for name in ("avro", "iceberg"):
        package = importlib.import_module(f"duckdb_extension_{name}")
        pattern = os.path.join(os.path.dirname(package.__file__), "extensions", "*", "*.duckdb_extension")
        connection.execute(f"LOAD '{glob.glob(pattern)[0]}'")
    return connection


DUCKDB_LITERALS = {
    "date32[day]": "DATE '1970-01-01' + ?::INTEGER",
    "timestamp[us]": "make_timestamp(?::BIGINT)",
    "int64": "?::BIGINT",
}


def read_duckdb(connection, request):
    table = request["table"].replace("'", "''")
    scan = f"SELECT * FROM iceberg_scan('{table}')"
    if "column" not in request:
        return to_arrow(connection.execute(scan))
    column = request["column"]
    kind = str(to_arrow(connection.execute(f"{scan} LIMIT 0")).schema.field(column).type)
    literal = DUCKDB_LITERALS.get(kind, "?")
    return to_arrow(connection.execute(f"{scan} WHERE {column} = {literal}", [parse(request["value"])]))


def to_arrow(result):
    table = result.arrow()
    return table.read_all() if isinstance(table, pa.RecordBatchReader) else table


def read_pyiceberg(_, request):
    with open(os.path.join(request["table"], "metadata", "version-hint.text"), encoding="ascii") as hint:
        metadata = os.path.join(request["table"], "metadata", f"v{hint.read()}.metadata.json")
    table = StaticTable.from_metadata(metadata)
    condition = EqualTo(request["column"], parse(request["value"])) if "column" in request else AlwaysTrue()
    return table.scan(row_filter=condition).to_arrow()


def parse(value):
    """A number that JSON would round is a string that ends in n."""
    return int(value[:-1]) if isinstance(value, str) and re.fullmatch(r"-?\d+n", value) else value


def exact(column):
    kind = column.type
    if pa.types.is_timestamp(kind):
        assert kind.unit == "us", kind
        column = column.cast(pa.int64())
    elif pa.types.is_date32(kind):
        column = column.cast(pa.int32())
    values = column.to_pylist()
    return [str(value) if isinstance(value, int) and not isinstance(value, bool) else value for value in values]


DIGITS = decimal.Context(prec=80)


def deep_scalar(kind, scalar):
    """A value so that JSON loses nothing of it: numbers and times as strings, bytes in hexadecimal."""
    if not scalar.is_valid:
        return None
    if isinstance(kind, pa.BaseExtensionType):
        if "uuid" in kind.extension_name:
            return str(uuid.UUID(bytes=scalar.value.as_py()))
        return deep_scalar(kind.storage_type, scalar.value)
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return [deep_scalar(kind.value_type, item) for item in scalar.values]
    if pa.types.is_map(kind):
        entries = scalar.values
        keys, items = entries.field(0), entries.field(1)
        pairs = [[deep_scalar(kind.key_type, k), deep_scalar(kind.item_type, v)] for k, v in zip(keys, items)]
        return sorted(pairs, key=compact)
    if pa.types.is_struct(kind):
        return {field.name: deep_scalar(field.type, scalar[field.name]) for field in kind}
    if pa.types.is_decimal(kind):
        return str(int(scalar.as_py().scaleb(kind.scale, DIGITS)))
    if pa.types.is_timestamp(kind) or pa.types.is_time64(kind):
        assert kind.unit == "us", kind
        return str(scalar.cast(pa.int64()).as_py()) if pa.types.is_time64(kind) else str(scalar.value)
    if pa.types.is_date32(kind):
        return str(scalar.value)
    value = scalar.as_py()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, float):
        return value + 0.0
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def deep_column(column):
    return [deep_scalar(column.type, scalar) for scalar in column]


def compact(pair):
    """What JSON.stringify prints, which the other side sorts by; by UTF-16, as JavaScript does."""
    return json.dumps(pair, separators=(",", ":"), ensure_ascii=False).encode("utf-16-be", "surrogatepass")


def answer(connection, request):
    read = {"duckdb": read_duckdb, "pyiceberg": read_pyiceberg}[request["engine"]]
    try:
        table = read(connection, request)
    except Exception as error:  # pylint: disable=broad-exception-caught  (what it is, the test decides)
        return {"error": f"{type(error).__name__}: {error}"}
    printed = deep_column if request.get("nested") else exact
    columns = [printed(table.column(name)) for name in table.column_names]
    types = {field.name: str(field.type) for field in table.schema}
    return {"rows": [dict(zip(table.column_names, row)) for row in zip(*columns)], "types": types}


def main():
    connection = connect()
    json.dump([answer(connection, request) for request in json.load(sys.stdin)], sys.stdout)


if __name__ == "__main__":
    main()
