# "npm run bundle:ses" writes the folder.
data "archive_file" "handler" {
  type        = "zip"
  source_dir  = "${path.module}/../dist/lambda"
  output_path = "${path.module}/../dist/lambda.zip"
}

# Made here and not by the first invocation: so that it has a retention, and the role need not create groups.
resource "aws_cloudwatch_log_group" "function" {
  # checkov:skip=CKV_AWS_158: CloudWatch encrypts logs with its own keys, and there are no values of events in them.
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log_days
}

data "aws_iam_policy_document" "function_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

# The function reads no service: all it may do is write its log.
data "aws_iam_policy_document" "function" {
  statement {
    sid       = "WriteLog"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.function.arn}:*"]
  }
}

resource "aws_iam_role" "function" {
  name               = "${var.name}-function"
  assume_role_policy = data.aws_iam_policy_document.function_trust.json
}

resource "aws_iam_role_policy" "function" {
  name   = "write-log"
  role   = aws_iam_role.function.id
  policy = data.aws_iam_policy_document.function.json
}

resource "aws_lambda_function" "router" {
  # checkov:skip=CKV_AWS_50: A batch is one synchronous call that calls nothing; a trace would show what Duration shows.
  # checkov:skip=CKV_AWS_115: A reservation takes from the account's pool and throttles batches; the Throttles alarm tells.
  # checkov:skip=CKV_AWS_116: A dead letter queue is for asynchronous invocations; Firehose's are synchronous.
  # checkov:skip=CKV_AWS_117: It reaches no network; a VPC would add interfaces to run out of.
  # checkov:skip=CKV_AWS_173: The one variable is no secret.
  # checkov:skip=CKV_AWS_272: Signing needs a profile of the account; set code_signing_config_arn where there is one.
  function_name    = var.name
  description      = "Routes SES events to Iceberg tables"
  filename         = data.archive_file.handler.output_path
  source_code_hash = data.archive_file.handler.output_base64sha256
  handler          = "handler.handler"
  runtime          = "nodejs22.x"
  architectures    = ["arm64"]
  role             = aws_iam_role.function.arn
  publish          = true

  # A batch of 1 MB takes well under a second. A minute is far from Firehose's own limit of five, and far above what a cold
  # start on a bad day needs: a timeout costs the whole batch, and is retried.
  timeout = 60

  # The event (6 MB at most), its text, its rows and the response are held at once: about 100 MB with Node itself at
  # 1 MB batches. Lambda gives CPU in proportion to memory, so less is slower and costs the same.
  memory_size = 512

  environment {
    variables = {
      NODE_OPTIONS = "--enable-source-maps"
    }
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.function.name
  }

  depends_on = [aws_iam_role_policy.function]
}

# The stream calls the alias: a deployment publishes a version and moves it, and moving it back is the way back.
resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.router.function_name
  function_version = aws_lambda_function.router.version
}
