import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UsageError } from './command.ts'

/** The options of a command, as `node:util` takes them. */
type Options = NonNullable<ParseArgsConfig['options']>

/** `--json`, an option of every command: the result as one JSON document. */
export const JSON_OPTION: { readonly type: 'boolean'; readonly default: false } = { type: 'boolean', default: false }

/** The result of `parseArgs`: options and positional arguments. */
type Parsed<O extends Options> = ReturnType<typeof parseArgs<{ options: O; allowPositionals: true }>>

/**
 * Parses the arguments of a command.
 *
 * @throws UsageError for an unknown option
 */
export function parseOptions<const O extends Options>(args: readonly string[], options: O): Parsed<O> {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** Returns the only positional argument of a command. */
export function onlyArgument(positionals: readonly string[], what: string): string {
  const [first] = positionals
  if (first === undefined) throw new UsageError(`expected ${what}`)
  if (positionals.length > 1) throw new UsageError(`expected ${what}, got ${positionals.length} arguments`)
  return first
}
