# Firehose creates neither when it is set up through the API: without both, delivery errors are logged nowhere.
resource "aws_cloudwatch_log_group" "stream" {
  # checkov:skip=CKV_AWS_158: CloudWatch encrypts logs with its own keys, and Firehose logs no payloads.
  name              = "/aws/kinesisfirehose/${var.name}"
  retention_in_days = var.log_days
}

resource "aws_cloudwatch_log_stream" "delivery" {
  name           = "DestinationDelivery"
  log_group_name = aws_cloudwatch_log_group.stream.name
}

resource "aws_kinesis_firehose_delivery_stream" "events" {
  # checkov:skip=CKV_AWS_241: Encrypted with a key that AWS owns: no key to grant to SES, nothing to pay per request.
  name        = var.name
  destination = "iceberg"

  server_side_encryption {
    enabled  = true
    key_type = "AWS_OWNED_CMK"
  }

  iceberg_configuration {
    role_arn           = aws_iam_role.stream.arn
    catalog_arn        = local.catalog_arn
    buffering_interval = var.buffer_seconds
    buffering_size     = var.buffer_mib
    # For five minutes Firehose tries again where a commit fails; what does not get in by then is in the error bucket.
    retry_duration = 300
    s3_backup_mode = "FailedDataOnly"

    dynamic "destination_table_configuration" {
      for_each = local.destination_tables

      content {
        database_name = destination_table_configuration.value.database_name
        table_name    = destination_table_configuration.value.table_name
        unique_keys   = try(destination_table_configuration.value.unique_keys, null)
      }
    }

    s3_configuration {
      role_arn           = aws_iam_role.stream.arn
      bucket_arn         = aws_s3_bucket.errors.arn
      buffering_interval = 300
      buffering_size     = 5
      # One prefix for each way to fail: processing-failed/ and iceberg-failed/.
      error_output_prefix = "!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/"

      cloudwatch_logging_options {
        enabled         = true
        log_group_name  = aws_cloudwatch_log_group.stream.name
        log_stream_name = aws_cloudwatch_log_stream.delivery.name
      }
    }

    processing_configuration {
      enabled = true

      processors {
        type = "Lambda"

        # All values of parameters are strings, the numbers too. Firehose does not report its defaults back, so that a
        # parameter that is left out shows as a difference for ever.
        parameters {
          parameter_name  = "LambdaArn"
          parameter_value = aws_lambda_alias.live.arn
        }

        # Routing and base64 are added to each row: 1 MB may grow fourfold before it passes Lambda's 6 MB.
        parameters {
          parameter_name  = "BufferSizeInMBs"
          parameter_value = "1"
        }

        parameters {
          parameter_name  = "BufferIntervalInSeconds"
          parameter_value = "60"
        }

        parameters {
          parameter_name  = "NumberOfRetries"
          parameter_value = "3"
        }
      }
    }

    cloudwatch_logging_options {
      enabled         = true
      log_group_name  = aws_cloudwatch_log_group.stream.name
      log_stream_name = aws_cloudwatch_log_stream.delivery.name
    }
  }

  # Firehose looks for the tables with its role while it creates the stream.
  depends_on = [aws_iam_role_policy.stream, aws_s3tables_table.events, terraform_data.tables]
}
