import { IcebergRouterError } from '../error.ts'
import type { OnBatch } from './hooks.ts'
import { writeToStdout } from './json-reporter.ts'
import type { BatchReport } from './report.ts'

/** Settings of {@link createEmfReporter}. */
export interface EmfOptions {
  /** The CloudWatch namespace, such as `Events/Router`. */
  readonly namespace: string
  /** Dimensions of all metrics, 30 at most, such as `{ Stream: 'events' }`. Every combination of values is billed. */
  readonly dimensions?: { readonly [name: string]: string }
  /** Takes a line that ends with a newline; by default standard output. */
  readonly write?: (line: string) => unknown
  /** Epoch milliseconds; the machine's clock unless said. */
  readonly now?: () => number
}

type Metric = readonly [name: string, unit: 'Count' | 'Bytes' | 'Percent' | 'Milliseconds', value: number]

/** Limits of the format, and of CloudWatch for namespaces and dimensions. */
const MAX_METRICS = 100
const MAX_DIMENSIONS = 30

/**
 * Makes a report in the CloudWatch embedded metric format: one line an invocation, from which CloudWatch makes metrics
 * without an API call. Rows are counted by table and operation (`Delivered.send_log.insert`), failures by code
 * (`Failed.NoRoute`).
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 *
 * @throws IcebergRouterError `InvalidOptions` for a namespace or a dimension that CloudWatch refuses
 */
export function createEmfReporter(options: EmfOptions): OnBatch {
  const problems = emfProblems(options)
  if (problems.length > 0) throw new IcebergRouterError('InvalidOptions', 'createEmfReporter:', { problems })
  const { namespace, dimensions = {}, write = writeToStdout, now = Date.now } = options
  const names = Object.keys(dimensions)
  return (report) => {
    const metrics = metricsOf(report)
    const directives = chunk(metrics, MAX_METRICS).map((some) => ({
      Namespace: namespace,
      Dimensions: [names],
      Metrics: some.map(([Name, Unit]) => ({ Name, Unit })),
    }))
    const values = Object.fromEntries(metrics.map(([name, , value]) => [name, value]))
    const { invocationId } = report
    const line = { _aws: { Timestamp: now(), CloudWatchMetrics: directives }, ...dimensions, invocationId, ...values }
    write(`${JSON.stringify(line)}\n`)
  }
}

function metricsOf(report: BatchReport): Metric[] {
  const { responseBytes, responseBudgetBytes } = report
  return [
    ['Records', 'Count', report.records],
    ['Delivered', 'Count', report.delivered],
    ['Dropped', 'Count', report.dropped],
    ['Failed', 'Count', report.failed],
    ['Dead lettersd', 'Count', report.deadLettered],
    ['Reingested', 'Count', report.reingested],
    ['FurtherRows', 'Count', report.extraRows],
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

/** A dimension stands beside the metrics in the line, so it must not have one of their names. */
const TAKEN =
  /^(_aws|invocationId|Records|Delivered|Dropped|Failed|Dead lettersd|Reingested|FurtherRows|Duplicates|ResponseBytes|ResponseBudgetUsed|LargestRowBytes|Duration|(Delivered|Failed)\..*)$/

function emfProblems({ namespace, dimensions = {} }: EmfOptions): string[] {
  const problems: string[] = []
  if (typeof namespace !== 'string' || !/^(?!AWS\/)[\w./#:-]{1,255}$/.test(namespace)) {
    problems.push('namespace: expected 1 to 255 letters, digits or ./-_#: and not AWS/ at the beginning')
  }
  if (typeof dimensions !== 'object' || dimensions === null)
    return [...problems, 'dimensions: expected an object of texts']
  const entries = Object.entries(dimensions)
  if (entries.length > MAX_DIMENSIONS)
    problems.push(`dimensions: expected ${MAX_DIMENSIONS} at most, got ${entries.length}`)
  for (const [name, value] of entries) {
    if (!/^(?!:)[\x20-\x7e]{1,250}$/.test(name) || name.trim() === '') {
      problems.push('dimensions: a name has 1 to 250 ASCII letters and no colon at its beginning')
    }
    if (TAKEN.test(name)) problems.push(`dimensions.${name}: the line has a member of this name already`)
    if (typeof value !== 'string' || !/^[\x20-\x7e]{1,1024}$/.test(value) || value.trim() === '') {
      problems.push(`dimensions.${name}: expected a text of 1 to 1,024 ASCII letters`)
    }
  }
  return problems
}
