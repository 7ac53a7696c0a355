# The tables' files, and what could not be delivered. Both hold personal data: addresses, IP addresses.
locals {
  buckets = {
    warehouse = aws_s3_bucket.warehouse
    errors    = aws_s3_bucket.errors
  }
}

resource "aws_s3_bucket" "warehouse" {
  # checkov:skip=CKV_AWS_18: Every read of a data file would write a log line; CloudTrail data events, where wanted, are account-wide.
  # checkov:skip=CKV_AWS_21: Iceberg keeps its own versions (snapshots); kept object versions would make deleted personal data stay.
  # checkov:skip=CKV_AWS_144: A copy in another region is a decision about personal data, not a default.
  # checkov:skip=CKV_AWS_145: Encrypted with S3's own keys (SSE-S3): no key to grant, nothing to pay per request.
  # checkov:skip=CKV2_AWS_62: Nothing waits for the files of a table.
  bucket        = "${var.name}-warehouse-${data.aws_caller_identity.current.account_id}"
  force_destroy = var.destroy_data
}

resource "aws_s3_bucket" "errors" {
  # checkov:skip=CKV_AWS_18: Firehose alone writes here, and a person reads after an alarm; CloudTrail data events tell more.
  # checkov:skip=CKV_AWS_21: Objects are written once under unique names, and are meant to be gone after error_days.
  # checkov:skip=CKV_AWS_144: A copy in another region is a decision about personal data, not a default.
  # checkov:skip=CKV_AWS_145: Encrypted with S3's own keys (SSE-S3): no key to grant, nothing to pay per request.
  # checkov:skip=CKV2_AWS_62: The alarms below tell of failed records.
  bucket        = "${var.name}-errors-${data.aws_caller_identity.current.account_id}"
  force_destroy = var.destroy_data
}

resource "aws_s3_bucket_public_access_block" "all" {
  for_each = local.buckets

  bucket                  = each.value.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "all" {
  for_each = local.buckets

  bucket = each.value.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "all" {
  for_each = local.buckets

  bucket = each.value.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

data "aws_iam_policy_document" "tls_only" {
  for_each = local.buckets

  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [each.value.arn, "${each.value.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "tls_only" {
  for_each = local.buckets

  bucket = each.value.id
  policy = data.aws_iam_policy_document.tls_only[each.key].json

  # Both write the bucket's policy settings, and S3 refuses them at the same time.
  depends_on = [aws_s3_bucket_public_access_block.all]
}

resource "aws_s3_bucket_lifecycle_configuration" "errors" {
  bucket = aws_s3_bucket.errors.id

  rule {
    id     = "expire"
    status = "Enabled"

    filter {}

    expiration {
      days = var.error_days
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "warehouse" {
  bucket = aws_s3_bucket.warehouse.id

  # Nothing of a table: only what was left of uploads that never ended.
  rule {
    id     = "unfinished-uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}
