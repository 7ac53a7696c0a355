# The tables themselves are in tables.tf.json, written from their TypeScript by "npm run tables:ses".
locals {
  glue_arn   = "arn:${data.aws_partition.current.partition}:glue:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}"
  table_path = var.catalog == "glue" ? local.database : "s3tablescatalog/${local.table_bucket}/${local.database}"

  # S3 Tables appear in Glue as a catalog in the catalog, one for each table bucket.
  catalog_arn  = var.catalog == "glue" ? "${local.glue_arn}:catalog" : "${local.glue_arn}:catalog/s3tablescatalog/${local.table_bucket}"
  table_bucket = "${var.name}-tables-${data.aws_caller_identity.current.account_id}"
}

resource "aws_glue_catalog_database" "events" {
  count = var.catalog == "glue" ? 1 : 0

  name         = local.database
  location_uri = "s3://${aws_s3_bucket.warehouse.bucket}/${local.database}/"
}

resource "aws_s3tables_table_bucket" "events" {
  count = var.catalog == "s3tables" ? 1 : 0

  name = local.table_bucket

  encryption_configuration = {
    sse_algorithm = "AES256"
    kms_key_arn   = null
  }
}

resource "aws_s3tables_namespace" "events" {
  count = var.catalog == "s3tables" ? 1 : 0

  namespace        = local.database
  table_bucket_arn = aws_s3tables_table_bucket.events[0].arn
}

resource "aws_s3tables_table" "events" {
  # Not a conditional: both of its sides would have to be of one type.
  for_each = { for name, fields in local.s3_tables : name => fields if var.catalog == "s3tables" }

  name             = each.key
  namespace        = aws_s3tables_namespace.events[0].namespace
  table_bucket_arn = aws_s3tables_table_bucket.events[0].arn
  format           = "ICEBERG"

  # A table that is created without a schema is Iceberg.NoSuchTable to Firehose.
  metadata {
    iceberg {
      schema {
        dynamic "field" {
          for_each = each.value

          content {
            name     = field.value.name
            type     = field.value.type
            required = field.value.required
          }
        }
      }
    }
  }
}
