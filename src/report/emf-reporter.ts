import { IcebergRouterError } from '../error.ts'
import { isObject, matching, ofType, optional, type Rule, ruleProblems } from '../options.ts'
import type { OnBatch } from './hooks.ts'
import { headOf, writeLine } from './line.ts'
import type { BatchReport } from './report.ts'

/** The options of {@link createEmfReporter}. */
export interface EmfOptions {
  /** The CloudWatch namespace, such as `Events/Router`. */
  readonly namespace: string
  /** Dimensions of all metrics, 30 at most, such as `{ Stream: 'events' }`. Every combination of values is billed. */
  readonly dimensions?: { readonly [name: string]: string }
  /** Writes a line, which ends with a newline; by default to standard output. */
  readonly write?: (line: string) => unknown
  /** Epoch milliseconds; by default the machine's clock. */
  readonly now?: () => number
}

type Metric = readonly [name: string, unit: 'Count' | 'Bytes' | 'Percent' | 'Milliseconds', value: number]

/** Limits of the format, and CloudWatch's limits for dimensions. */
const MAX_METRICS = 100
const MAX_DIMENSIONS = 30

/**
 * Makes a reporter that writes the CloudWatch embedded metric format: one line for each invocation, from which CloudWatch
 * makes metrics without an API call. Rows are counted by table and operation (`Delivered.send_log.insert`), failures by code
 * (`Failed.NoRoute`). The line also has `timestamp`, `level` and `failed`, as those of the other reporters.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 *
 * @throws IcebergRouterError `InvalidOptions` for a namespace or a dimension that CloudWatch refuses
 */
export function createEmfReporter(options: EmfOptions): OnBatch {
  const problems = ruleProblems(options, RULES)
  if (problems.length > 0) throw new IcebergRouterError('InvalidOptions', 'createEmfReporter:', { problems })
  const { namespace, dimensions = {}, write, now = Date.now } = options
  const names = Object.keys(dimensions)
  return (report) => {
    const metrics = metricsOf(report)
    const directives = chunk(metrics, MAX_METRICS).map((some) => ({
      Namespace: namespace,
      Dimensions: [names],
      Metrics: some.map(([Name, Unit]) => ({ Name, Unit })),
    }))
    const values = Object.fromEntries(metrics.map(([name, , value]) => [name, value]))
    const { invocationId, failed } = report
    const epochMs = now()
    const aws = { Timestamp: epochMs, CloudWatchMetrics: directives }
    writeLine({ _aws: aws, ...headOf(report, epochMs), ...dimensions, invocationId, failed, ...values }, write)
  }
}

function metricsOf(report: BatchReport): Metric[] {
  const { responseBytes, responseBudgetBytes } = report
  return [
    ['Records', 'Count', report.records],
    ['Delivered', 'Count', report.delivered],
    ['Dropped', 'Count', report.dropped],
    ['Failed', 'Count', report.failed],
    ['DeadLettered', 'Count', report.deadLettered],
    ['Reingested', 'Count', report.reingested],
    ['ExtraRows', 'Count', report.extraRows],
    ['Duplicates', 'Count', report.duplicates],
    ['ResponseBytes', 'Bytes', responseBytes],
    ['ResponseBudgetUsed', 'Percent', (responseBytes / responseBudgetBytes) * 100],
    ['LargestRowBytes', 'Bytes', report.largestRowBytes],
    ['Duration', 'Milliseconds', report.durationMs],
    ...report.tables.map(({ table, operation, rows }): Metric => [`Delivered.${table}.${operation}`, 'Count', rows]),
    ...report.codes.map(({ code, count }): Metric => [`Failed.${code}`, 'Count', count]),
  ]
}

function chunk<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size)
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size))
}

/** A dimension is a member of the same line as the metrics, so it must not have one of their names. */
const TAKEN =
  /^(_aws|timestamp|level|message|invocationId|failed|Records|Delivered|Dropped|Failed|DeadLettered|Reingested|ExtraRows|Duplicates|ResponseBytes|ResponseBudgetUsed|LargestRowBytes|Duration|(Delivered|Failed)\..*)$/

const RULES: { readonly [Name in keyof Required<EmfOptions>]: Rule } = {
  namespace: matching(
    /^(?!AWS\/)[\w./#:-]{1,255}$/,
    '1 to 255 letters, digits or ./-_#: and not AWS/ at the beginning',
  ),
  dimensions: optional([isObject, 'an object of strings', (value, path) => dimensionProblems(value as object, path)]),
  write: optional(ofType('function')),
  now: optional(ofType('function')),
}

/** Dimensions may be made of the environment, so that no message shows the value of one. */
function dimensionProblems(dimensions: object, path: string): string[] {
  const problems: string[] = []
  const entries = Object.entries(dimensions)
  if (entries.length > MAX_DIMENSIONS)
    problems.push(`${path}: expected at most ${MAX_DIMENSIONS} dimensions, got ${entries.length}`)
  for (const [name, value] of entries) {
    if (!/^(?!:)[\x20-\x7e]{1,250}$/.test(name) || name.trim() === '') {
      problems.push(`${path}: expected names of 1 to 250 ASCII letters and no colon at the beginning`)
    }
    if (TAKEN.test(name))
      problems.push(`${path}.${name}: the line already has a member of this name; choose another one`)
    if (typeof value !== 'string' || !/^[\x20-\x7e]{1,1024}$/.test(value) || value.trim() === '') {
      problems.push(`${path}.${name}: expected a string of 1 to 1,024 ASCII letters`)
    }
  }
  return problems
}
