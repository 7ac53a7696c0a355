"""Hands what is derived from tables to those who have to understand it.

Takes requests on standard input, one JSON object {"kind", "value"} a line, and answers each with a line: {"answer"} or
{"error"}.
"""

import json
import sys

import boto3
import sqlglot
from botocore.validate import ParamValidator
from cfnlint.api import ManualArgs, lint
from pyiceberg.catalog.glue import _to_columns
from pyiceberg.partitioning import PartitionSpec
from pyiceberg.schema import Schema
from pyiceberg.table.metadata import TableMetadataV2
from sqlglot import expressions


def iceberg(value):
    """Loads a schema and a partition spec, and prints them again in PyIceberg's own words."""
    schema, spec = load(value)
    for field in spec.fields:
        source = schema.find_field(field.source_id)
        assert field.transform.can_transform(source.field_type), f"{field.transform} of {source.field_type}"
    return {"schema": dump(schema), "partition-spec": dump(spec), "struct": str(schema.as_struct())}


def glue(value):
    """The columns that PyIceberg's Glue catalog would write for a table of this schema."""
    schema, spec = load(value)
    return _to_columns(
        TableMetadataV2(
            location="s3://bucket/table",
            last_column_id=schema.highest_field_id,
            schemas=[schema],
            partition_specs=[spec],
            last_updated_ms=0,
            last_sequence_number=0,
            last_partition_id=spec.last_assigned_field_id,
        )
    )


def athena(value):
    """What a parser of Athena's dialect understands of a statement."""
    statement = sqlglot.parse_one(value, dialect="athena")
    # What the parser does not understand it passes on as a mere command.
    assert isinstance(statement, expressions.Create), type(statement).__name__
    partition = statement.find(expressions.PartitionedByProperty)
    return {
        "table": [statement.this.this.db, statement.this.this.name],
        "columns": [[column.name, column.kind.sql("hive").lower()] for column in statement.this.expressions],
        "comments": {
            column.name: comment.this.name
            for column in statement.this.expressions
            for comment in column.find_all(expressions.CommentColumnConstraint)
        },
        "partition": [] if partition is None else [field.sql("hive").lower() for field in partition.this.expressions],
        "properties": {
            item.name: item.args["value"].name
            for item in statement.find_all(expressions.Property)
            if type(item) is expressions.Property  # pylint: disable=unidiomatic-typecheck  (its subclasses are clauses)
        },
    }


def cloudformation(value):
    """What cfn-lint says against a template."""
    matches = lint(json.dumps(value), config=ManualArgs(regions=["us-east-1"]))
    return [f"{match.rule.id} {match.message}" for match in matches]


def api(value):
    """What botocore says against the parameters of a call, without a network."""
    client = boto3.client(value["service"], region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    shape = client.meta.service_model.operation_model(value["operation"]).input_shape
    return ParamValidator().validate(value["parameters"], shape).generate_report()


def load(value):
    return Schema.model_validate(value["schema"]), PartitionSpec.model_validate(value["partition-spec"])


def dump(model):
    return json.loads(model.model_dump_json())


KINDS = {"iceberg": iceberg, "glue": glue, "athena": athena, "cloudformation": cloudformation, "api": api}


def answer(request):
    try:
        return {"answer": KINDS[request["kind"]](request["value"])}
    except Exception as error:  # pylint: disable=broad-exception-caught  (what it is, the test decides)
        return {"error": f"{type(error).__name__}: {error}"}


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
