output "configuration_set" {
  description = "Send mail with this configuration set (X-SES-CONFIGURATION-SET, or ConfigurationSetName)."
  value       = aws_sesv2_configuration_set.events.configuration_set_name
}

output "stream" {
  description = "The delivery stream."
  value       = aws_kinesis_firehose_delivery_stream.events.name
}

output "database" {
  description = "Where to query: the database in Athena, of the catalog below."
  value       = local.database
}

output "catalog" {
  description = "The Glue catalog of the tables."
  value       = local.catalog_arn
}

output "warehouse_bucket" {
  description = "The bucket of the tables' files; unused with S3 Tables."
  value       = aws_s3_bucket.warehouse.bucket
}

output "error_bucket" {
  description = "The bucket of the records that failed."
  value       = aws_s3_bucket.errors.bucket
}

output "function_log" {
  description = "The log group with the codes of failed records."
  value       = aws_cloudwatch_log_group.function.name
}
