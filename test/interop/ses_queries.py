"""Runs queries of Athena in DuckDB over the tables of a local warehouse.

Takes {"folder", "queries": [sql]} as JSON on standard input, with the folder of a database; prints a JSON list
of lists of rows. The only difference between the two engines that the queries meet is the name of json_extract_scalar.
"""

import json
import os
import sys

from read import connect


def main():
    request = json.load(sys.stdin)
    connection = connect()
    connection.execute("CREATE MACRO json_extract_scalar(text, path) AS json_extract_string(text, path)")
    connection.execute("CREATE SCHEMA email_event")
    for table in os.listdir(request["folder"]):
        location = os.path.join(request["folder"], table).replace("'", "''")
        connection.execute(f"CREATE VIEW email_event.{table} AS SELECT * FROM iceberg_scan('{location}')")
    json.dump([run(connection, query) for query in request["queries"]], sys.stdout, default=str)


def run(connection, query):
    result = connection.execute(query)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row)) for row in result.fetchall()]


if __name__ == "__main__":
    main()
