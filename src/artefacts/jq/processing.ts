import { template } from '../terraform.ts'

/** The `ProcessingConfiguration` of a stream, as the API and CloudFormation have it. */
export interface JqProcessing {
  readonly Enabled: true
  readonly Processors: readonly {
    readonly Type: 'MetadataExtraction'
    readonly Parameters: readonly { readonly ParameterName: string; readonly ParameterValue: string }[]
  }[]
}

/** The same in Terraform's JSON syntax, in which a block is a list of one object. */
export interface TerraformJqProcessing {
  readonly processing_configuration: readonly object[]
}

/**
 * Writes the `ProcessingConfiguration` that makes Firehose route with a query of `toJq`. It replaces the
 * stream's whole configuration.
 * https://docs.aws.amazon.com/firehose/latest/APIReference/API_ProcessorParameter.html
 */
export function toJqProcessing(query: string): JqProcessing {
  const Parameters = [
    { ParameterName: 'MetadataExtractionQuery', ParameterValue: query },
    { ParameterName: 'JsonParsingEngine', ParameterValue: 'JQ-1.6' },
  ]
  return { Enabled: true, Processors: [{ Type: 'MetadataExtraction', Parameters }] }
}

/**
 * Writes the same as the block of an `iceberg_configuration` in a `.tf.json` file.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kinesis_firehose_delivery_stream
 */
export function toTerraformJqProcessing(query: string): TerraformJqProcessing {
  const processors = toJqProcessing(query).Processors.map(({ Type, Parameters }) => ({
    type: Type,
    parameters: Parameters.map(({ ParameterName, ParameterValue }) => ({
      parameter_name: ParameterName,
      parameter_value: template(ParameterValue),
    })),
  }))
  return { processing_configuration: [{ enabled: true, processors }] }
}
