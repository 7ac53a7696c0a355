"""Lets Spark write to tables of the local warehouse, or read them.

Takes a JSON request on standard input: {"warehouse", "jar", "ivy", "cases": [{"name", "sql"?}]}. With "sql" the statements are run
on the table; without, the rows are read. Prints a JSON object of names and what was read.
"""

import json
import sys

from pyspark.sql import SparkSession


def connect(request):
    builder = SparkSession.builder.master("local[1]")
    settings = {
        "spark.jars.packages": request["jar"],
        "spark.jars.ivy": request["ivy"],
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.extensions": "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
    }
    for case in request["cases"]:
        catalog = f"spark.sql.catalog.{catalog_of(case)}"
        settings[catalog] = "org.apache.iceberg.spark.SparkCatalog"
        settings[f"{catalog}.type"] = "hadoop"
        settings[f"{catalog}.warehouse"] = f"{request['warehouse']}/{case['name']}"
        settings[f"{catalog}.cache-enabled"] = "false"
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def catalog_of(case):
    # Some names are words of Spark's SQL.
    return "c_" + case["name"].replace("-", "_")


def write(spark, case):
    table = f"{catalog_of(case)}.db.people"
    snapshots = spark.sql(f"SELECT snapshot_id FROM {table}.snapshots ORDER BY committed_at").collect()
    first, last = snapshots[0][0], snapshots[-1][0]
    for statement in case["sql"]:
        statement = statement.replace("local.system", f"{catalog_of(case)}.system")
        spark.sql(statement.replace("{t}", table).replace("{first}", str(first)).replace("{last}", str(last)))
    return "written"


def read(spark, case):
    table = f"{catalog_of(case)}.db.people"
    rows = [row.asDict() for row in spark.table(table).collect()]
    # These go through every manifest with the ids that it says it has.
    for metadata in ("manifests", "partitions", "all_files", "refs"):
        spark.sql(f"SELECT * FROM {table}.{metadata}").collect()
    versions = [str(row[0]) for row in spark.sql(f"SELECT snapshot_id FROM {table}.snapshots").collect()]
    for version in versions:
        spark.sql(f"SELECT * FROM {table} VERSION AS OF {version}").collect()
    return {"rows": rows, "snapshots": versions}


def main():
    request = json.load(sys.stdin)
    spark = connect(request)
    answers = {}
    for case in request["cases"]:
        try:
            answers[case["name"]] = write(spark, case) if "sql" in case else read(spark, case)
        except Exception as error:  # pylint: disable=broad-exception-caught  (what it is, the caller decides)
            answers[case["name"]] = {"error": f"{type(error).__name__}: {error}"[:300]}
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
