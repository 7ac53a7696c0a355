data "aws_iam_policy_document" "stream_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["firehose.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

data "aws_iam_policy_document" "stream" {
  statement {
    sid     = "CommitToTables"
    actions = ["glue:GetDatabase", "glue:GetTable", "glue:UpdateTable"]
    resources = concat(
      ["${local.glue_arn}:catalog", "${local.glue_arn}:database/${local.table_path}"],
      [for table in local.destination_tables : "${local.glue_arn}:table/${local.table_path}/${table.table_name}"],
      var.catalog == "glue" ? [] : ["${local.glue_arn}:catalog/s3tablescatalog", local.catalog_arn],
    )
  }

  dynamic "statement" {
    for_each = var.catalog == "glue" ? [1] : []

    content {
      sid = "WriteTableFiles"
      # Deleting is for the files of a commit that lost against another.
      actions   = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
      resources = ["${aws_s3_bucket.warehouse.arn}/${local.database}/*"]
    }
  }

  dynamic "statement" {
    for_each = var.catalog == "glue" ? [] : [1]

    content {
      sid = "WriteS3Tables"
      actions = [
        "s3tables:GetNamespace", "s3tables:GetTable", "s3tables:GetTableBucket", "s3tables:GetTableData",
        "s3tables:GetTableMetadataLocation", "s3tables:PutTableData", "s3tables:UpdateTableMetadataLocation",
      ]
      resources = concat(
        [for bucket in aws_s3tables_table_bucket.events : bucket.arn],
        [for table in aws_s3tables_table.events : table.arn],
      )
    }
  }

  statement {
    sid       = "WriteFailedRecords"
    actions   = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.errors.arn}/*"]
  }

  statement {
    sid       = "FindBuckets"
    actions   = ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"]
    resources = concat([aws_s3_bucket.errors.arn], var.catalog == "glue" ? [aws_s3_bucket.warehouse.arn] : [])
  }

  statement {
    sid       = "Transform"
    actions   = ["lambda:GetFunctionConfiguration", "lambda:InvokeFunction"]
    resources = [aws_lambda_alias.live.arn]
  }

  statement {
    sid       = "LogErrors"
    actions   = ["logs:PutLogEvents"]
    resources = [aws_cloudwatch_log_stream.delivery.arn]
  }
}

resource "aws_iam_role" "stream" {
  name               = "${var.name}-stream"
  assume_role_policy = data.aws_iam_policy_document.stream_trust.json
}

resource "aws_iam_role_policy" "stream" {
  name   = "deliver"
  role   = aws_iam_role.stream.id
  policy = data.aws_iam_policy_document.stream.json
}
