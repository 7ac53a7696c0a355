variable "name" {
  description = "The beginning of every resource's name; bucket names are made of it and the account's id."
  type        = string
  default     = "ses-events"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,20}$", var.name))
    error_message = "3 to 21 lower-case letters, digits and hyphens, a letter first."
  }
}

variable "catalog" {
  description = "Where the tables are: glue (the Glue Data Catalog, data in a bucket of yours) or s3tables (Amazon S3 Tables)."
  type        = string
  default     = "glue"

  validation {
    condition     = contains(["glue", "s3tables"], var.catalog)
    error_message = "Either glue or s3tables."
  }
}

variable "event_types" {
  description = "The event types that SES publishes, by SES's names; by default, the types that have a table. An event without a route fails with NoRoute."
  type        = list(string)
  default     = null
}

variable "buffer_seconds" {
  description = "How long Firehose collects rows before it commits them. Each commit makes files: seconds are for trying out."
  type        = number
  default     = 300
}

variable "buffer_mib" {
  description = "Or how many MiB it collects, whichever is first."
  type        = number
  default     = 64
}

variable "log_days" {
  description = "How long logs are kept. They hold no addresses: the router logs codes and paths, never values."
  type        = number
  default     = 365
}

variable "error_days" {
  description = "How long failed records are kept. They are the original events, with addresses in them."
  type        = number
  default     = 90
}

variable "alarm_topics" {
  description = "ARNs of the SNS topics that get the alarms. Without one, nobody is notified: alarms only show in the console."
  type        = list(string)
  default     = []
}

variable "destroy_data" {
  description = "Whether terraform destroy may delete the tables' data and the failed records too."
  type        = bool
  default     = false
}
