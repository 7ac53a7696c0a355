/** One condition of a CloudWatch filter pattern for JSON, such as `$.failed > 0`. */
const CONDITION = /^\$((?:\.\w+|\[\d+\])+)\s*(=|!=|>=|<=|>|<)\s*("[^"]*"|-?\d+(?:\.\d+)?|\*?[\w*.-]+)$/

/**
 * Whether a log line matches a filter pattern, as CloudWatch Logs documents it for JSON: one condition in braces on one field
 * of the line's object. A line that is not one JSON object never matches, and neither does a field that is missing or of
 * another type.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function matchesFilter(pattern: string, line: string): boolean {
  const braces = /^\s*\{(.*)\}\s*$/.exec(pattern)?.[1]
  const condition = CONDITION.exec(braces?.trim() ?? '')
  if (condition === null) throw new Error(`not a pattern of one JSON condition: ${pattern}`)
  const [, path = '', operator = '', operand = ''] = condition
  const value = valueAt(parse(line), path)
  if (/^-?\d/.test(operand)) return typeof value === 'number' && compare(value, operator, Number(operand))
  const text = operand.replace(/^"(.*)"$/, '$1')
  if (operator !== '=' && operator !== '!=') throw new Error(`${operator} compares numbers only: ${pattern}`)
  return typeof value === 'string' && (value === text) === (operator === '=')
}

function parse(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

function valueAt(value: unknown, path: string): unknown {
  let current = value
  for (const [, name, index] of path.matchAll(/\.(\w+)|\[(\d+)\]/g)) {
    if (typeof current !== 'object' || current === null) return undefined
    current = (current as { readonly [key: string]: unknown })[name ?? index ?? '']
  }
  return current
}

function compare(value: number, operator: string, operand: number): boolean {
  const order = Math.sign(value - operand)
  const orders: { readonly [operator: string]: readonly number[] } = {
    '=': [0],
    '!=': [-1, 1],
    '>': [1],
    '>=': [0, 1],
    '<': [-1],
    '<=': [-1, 0],
  }
  return orders[operator]?.includes(order) ?? false
}
