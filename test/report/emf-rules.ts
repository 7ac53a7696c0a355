// The rules of the CloudWatch embedded metric format, from its specification:
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html

type Fields = { readonly [name: string]: unknown }

const SIZES = [
  'Bits',
  'Bytes',
  'Kilobits',
  'Kilobytes',
  'Megabits',
  'Megabytes',
  'Gigabits',
  'Gigabytes',
  'Terabits',
  'Terabytes',
]
const PLAIN_UNITS = [...SIZES, 'Count', 'Microseconds', 'Milliseconds', 'None', 'Percent', 'Seconds']
/** The units of a MetricDatum, which the specification refers to. */
const UNITS = [...PLAIN_UNITS, ...[...SIZES, 'Count'].map((unit) => `${unit}/Second`)]

const MAX_LINE_BYTES = 262_144

/** Finds what CloudWatch would not read in a line; empty for a valid one. */
export function emfProblems(line: object): string[] {
  const problems: string[] = []
  if (Buffer.byteLength(JSON.stringify(line)) > MAX_LINE_BYTES) problems.push('the line is too long')
  const { _aws: metadata } = line as Fields
  if (!isObject(metadata)) return ['_aws: expected an object']
  if (!Number.isInteger(metadata['Timestamp'])) problems.push('Timestamp: expected epoch milliseconds')
  const directives = metadata['CloudWatchMetrics']
  if (!Array.isArray(directives)) return [...problems, 'CloudWatchMetrics: expected a list']
  return [...problems, ...directives.flatMap((directive) => directiveProblems(directive, line as Fields))]
}

function directiveProblems(directive: unknown, line: Fields): string[] {
  if (!isObject(directive)) return ['a directive is an object']
  const { Namespace, Dimensions, Metrics, ...unknown } = directive
  const problems = Object.keys(unknown).map((key) => `${key}: not of the format`)
  if (typeof Namespace !== 'string' || Namespace === '' || Namespace.length > 1024) problems.push('Namespace')
  if (!Array.isArray(Dimensions) || Dimensions.length === 0) problems.push('Dimensions: expected a list of lists')
  else problems.push(...Dimensions.flatMap((set) => dimensionProblems(set, line)))
  if (!Array.isArray(Metrics) || Metrics.length > 100) return [...problems, 'Metrics: expected 100 at most']
  return [...problems, ...Metrics.flatMap((metric) => metricProblems(metric, line))]
}

function dimensionProblems(set: unknown, line: Fields): string[] {
  if (!Array.isArray(set) || set.length > 30) return ['a set of dimensions has 30 at most']
  return set.flatMap((name) => {
    const value = typeof name === 'string' ? line[name] : undefined
    const isSound = typeof value === 'string' && value !== '' && value.length <= 1024
    return isSound && name.length <= 250 ? [] : [`dimension ${name}: expected a string under its name`]
  })
}

function metricProblems(metric: unknown, line: Fields): string[] {
  if (!isObject(metric)) return ['a metric is an object']
  const { Name, Unit = 'None', StorageResolution = 60 } = metric
  if (typeof Name !== 'string' || Name === '' || Name.length > 1024) return ['Name']
  const problems = UNITS.includes(Unit as string) ? [] : [`${Name}: unknown unit`]
  if (StorageResolution !== 1 && StorageResolution !== 60) problems.push(`${Name}: StorageResolution`)
  const value = line[Name]
  const values: unknown[] = Array.isArray(value) ? value : [value]
  if (values.length > 100 || !values.every(Number.isFinite))
    problems.push(`${Name}: expected a number, or 100 of them at most`)
  return problems
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
