# Keeps the tables in order: without it, every commit leaves files that are never removed. S3 Tables does the same itself.
locals {
  optimized_tables = toset(var.catalog == "glue" ? [for table in local.destination_tables : table.table_name] : [])
}

data "aws_iam_policy_document" "upkeep_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["glue.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

data "aws_iam_policy_document" "upkeep" {
  statement {
    sid       = "RewriteTableFiles"
    actions   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.warehouse.arn}/${local.database}/*"]
  }

  statement {
    sid       = "FindTableFiles"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.warehouse.arn]
  }

  statement {
    sid     = "CommitToTables"
    actions = ["glue:GetTable", "glue:UpdateTable"]
    resources = concat(
      ["${local.glue_arn}:catalog", "${local.glue_arn}:database/${local.database}"],
      [for table in local.destination_tables : "${local.glue_arn}:table/${local.database}/${table.table_name}"],
    )
  }

  statement {
    sid     = "LogRuns"
    actions = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
    resources = [
      for run in ["compaction", "retention", "orphan-file-deletion"] :
      "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:log-group:/aws-glue/iceberg-${run}/logs:*"
    ]
  }
}

resource "aws_iam_role" "upkeep" {
  name               = "${var.name}-upkeep"
  assume_role_policy = data.aws_iam_policy_document.upkeep_trust.json
}

resource "aws_iam_role_policy" "upkeep" {
  name   = "optimize"
  role   = aws_iam_role.upkeep.id
  policy = data.aws_iam_policy_document.upkeep.json
}

resource "aws_glue_catalog_table_optimizer" "compaction" {
  for_each = local.optimized_tables

  catalog_id    = data.aws_caller_identity.current.account_id
  database_name = local.database
  table_name    = each.key
  type          = "compaction"

  configuration {
    enabled  = true
    role_arn = aws_iam_role.upkeep.arn
  }

  depends_on = [aws_iam_role_policy.upkeep, terraform_data.tables]
}

resource "aws_glue_catalog_table_optimizer" "retention" {
  for_each = local.optimized_tables

  catalog_id    = data.aws_caller_identity.current.account_id
  database_name = local.database
  table_name    = each.key
  type          = "retention"

  configuration {
    enabled  = true
    role_arn = aws_iam_role.upkeep.arn

    retention_configuration {
      iceberg_configuration {
        snapshot_retention_period_in_days = 5
        number_of_snapshots_to_retain     = 1
        clean_expired_files               = true
      }
    }
  }

  depends_on = [aws_iam_role_policy.upkeep, terraform_data.tables]
}

resource "aws_glue_catalog_table_optimizer" "orphans" {
  for_each = local.optimized_tables

  catalog_id    = data.aws_caller_identity.current.account_id
  database_name = local.database
  table_name    = each.key
  type          = "orphan_file_deletion"

  configuration {
    enabled  = true
    role_arn = aws_iam_role.upkeep.arn

    orphan_file_deletion_configuration {
      iceberg_configuration {
        orphan_file_retention_period_in_days = 3
      }
    }
  }

  depends_on = [aws_iam_role_policy.upkeep, terraform_data.tables]
}
