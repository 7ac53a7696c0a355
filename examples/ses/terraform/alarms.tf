# The router answers a record that it cannot deliver ProcessingFailed, which Firehose counts in none of its metrics. So the
# lines of the router's report are counted. Every reporter writes the field `failed`.
resource "aws_cloudwatch_log_metric_filter" "failed_records" {
  name           = "${var.name}-batches-with-failed-records"
  log_group_name = aws_cloudwatch_log_group.function.name
  pattern        = "{ $.failed > 0 }"

  metric_transformation {
    namespace = "FirehoseIcebergRouter/${var.name}"
    name      = "BatchesWithFailedRecords"
    value     = "1"
    unit      = "Count"
  }
}

locals {
  stream   = { DeliveryStreamName = aws_kinesis_firehose_delivery_stream.events.name }
  function = { FunctionName = aws_lambda_function.router.function_name }

  alarms = {
    failed-records = {
      description = "The router refused records; their codes are in the function's log, the records under processing-failed/."
      namespace   = "FirehoseIcebergRouter/${var.name}"
      metric      = "BatchesWithFailedRecords"
      statistic   = "Sum"
      above       = 0
      dimensions  = {}
    }
    failed-rows = {
      description = "Rows did not get into their table; they are under iceberg-failed/, the reason is in the stream's log."
      namespace   = "AWS/Firehose"
      metric      = "DeliveryToIceberg.FailedRowCount"
      statistic   = "Sum"
      above       = 0
      dimensions  = local.stream
    }
    throttled = {
      description = "More came than the stream takes: SES tries again, but not for ever. Ask for a higher quota."
      namespace   = "AWS/Firehose"
      metric      = "ThrottledRecords"
      statistic   = "Sum"
      above       = 0
      dimensions  = local.stream
    }
    late = {
      description = "The oldest undelivered record is older than the buffering and a retry explain."
      namespace   = "AWS/Firehose"
      metric      = "DeliveryToIceberg.DataFreshness"
      statistic   = "Maximum"
      above       = var.buffer_seconds + 600
      dimensions  = local.stream
    }
    partitions = {
      description = "More active partitions than Firehose takes at this throughput."
      namespace   = "AWS/Firehose"
      metric      = "PartitionCountExceeded"
      statistic   = "Maximum"
      above       = 0
      dimensions  = local.stream
    }
    function-errors = {
      description = "The function threw or timed out: the whole batch is tried again, then it is under processing-failed/."
      namespace   = "AWS/Lambda"
      metric      = "Errors"
      statistic   = "Sum"
      above       = 0
      dimensions  = local.function
    }
    function-throttles = {
      description = "The account has no concurrency left for the function: batches wait and are tried again."
      namespace   = "AWS/Lambda"
      metric      = "Throttles"
      statistic   = "Sum"
      above       = 0
      dimensions  = local.function
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "all" {
  for_each = local.alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.above
  period              = 300
  evaluation_periods  = 1
  # No mail, no metric: that is no alarm.
  treat_missing_data = "notBreaching"
  alarm_actions      = var.alarm_topics
  ok_actions         = var.alarm_topics
}
