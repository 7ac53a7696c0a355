terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      # The first with iceberg_table_input in aws_glue_catalog_table came early in 2026; this one is checked in the tests.
      version = ">= 6.66, < 7.0"
    }
    archive = {
      source  = "hashicorp/archive"
      version = "~> 2.7"
    }
  }
}

# Credentials and region come from the environment, as for every AWS tool.
provider "aws" {
  default_tags {
    tags = {
      application = var.name
    }
  }
}

data "aws_caller_identity" "current" {}
data "aws_region" "current" {}
data "aws_partition" "current" {}
