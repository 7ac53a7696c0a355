# Mails that are sent with this configuration set have their events published to the stream.
resource "aws_sesv2_configuration_set" "events" {
  configuration_set_name = var.name
}

data "aws_iam_policy_document" "ses_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ses.amazonaws.com"]
    }

    # Only for this account, and only for this configuration set: nobody else's may borrow the role.
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = [aws_sesv2_configuration_set.events.arn]
    }
  }
}

data "aws_iam_policy_document" "ses" {
  statement {
    sid       = "PublishEvents"
    actions   = ["firehose:PutRecordBatch"]
    resources = [aws_kinesis_firehose_delivery_stream.events.arn]
  }
}

resource "aws_iam_role" "ses" {
  name               = "${var.name}-ses"
  assume_role_policy = data.aws_iam_policy_document.ses_trust.json
}

resource "aws_iam_role_policy" "ses" {
  name   = "publish"
  role   = aws_iam_role.ses.id
  policy = data.aws_iam_policy_document.ses.json
}

resource "aws_sesv2_configuration_set_event_destination" "stream" {
  configuration_set_name = aws_sesv2_configuration_set.events.configuration_set_name
  event_destination_name = "firehose"

  event_destination {
    enabled              = true
    matching_event_types = coalesce(var.event_types, local.routed_event_types)

    kinesis_firehose_destination {
      delivery_stream_arn = aws_kinesis_firehose_delivery_stream.events.arn
      iam_role_arn        = aws_iam_role.ses.arn
    }
  }

  # SES tries the role at once.
  depends_on = [aws_iam_role_policy.ses]
}
