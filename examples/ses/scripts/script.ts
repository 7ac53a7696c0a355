import { type ParseArgsConfig, parseArgs } from 'node:util'

/** A script of the example: `npm run <name> -- <arguments>`. */
export interface Script {
  /** As `npm run` has it. */
  readonly name: string
  /** Printed for `--help`, and after a mistake in the arguments. */
  readonly usage: string
  /** The options that take a value. */
  readonly values?: readonly string[]
  readonly switches?: readonly string[]
  /** How many arguments it takes that are not options; by default 0. */
  readonly maxArguments?: number
  /** Returns the exit status if it is not 0. */
  readonly run: (given: Given) => Promise<number | undefined> | number | undefined
}

/** The arguments of a run. */
export interface Given {
  /** The value of an option, or its default. */
  value(name: string): string | undefined
  value(name: string, fallback: string): string
  readonly isOn: (name: string) => boolean
  readonly positionals: readonly string[]
}

/** A mistake in the arguments: printed with the usage. */
export class UsageError extends Error {}

/**
 * Runs a script as the command `firehose-iceberg` runs: exit status 0, also for `--help`, which does nothing else; 1 for a
 * failure; 2 for invalid arguments.
 */
export async function runScript(script: Script, args: readonly string[] = process.argv.slice(2)): Promise<void> {
  process.exitCode = await run(script, args)
}

async function run(script: Script, args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(script.usage)
    return 0
  }
  try {
    return (await script.run(read(script, args))) ?? 0
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const isUsage = error instanceof UsageError
    process.stderr.write(`npm run ${script.name}: ${message}\n${isUsage ? `\n${script.usage}` : ''}`)
    return isUsage ? 2 : 1
  }
}

function read({ values = [], switches = [], maxArguments = 0 }: Script, args: readonly string[]): Given {
  const options: NonNullable<ParseArgsConfig['options']> = Object.fromEntries([
    ...values.map((name) => [name, { type: 'string' }] as const),
    ...switches.map((name) => [name, { type: 'boolean' }] as const),
  ])
  const { values: given, positionals } = parse(args, options)
  if (positionals.length > maxArguments) {
    const expected = maxArguments === 0 ? 'only options' : `at most ${maxArguments} argument`
    throw new UsageError(`expected ${expected}, got ${positionals.length} arguments`)
  }
  for (const [name, value] of Object.entries(given)) {
    if (value === '') throw new UsageError(`--${name}: expected a value, got an empty string`)
  }
  function value(name: string): string | undefined
  function value(name: string, fallback: string): string
  function value(name: string, fallback?: string): string | undefined {
    const found = given[name]
    return typeof found === 'string' ? found : fallback
  }
  return { value, isOn: (name) => given[name] === true, positionals }
}

function parse(
  args: readonly string[],
  options: NonNullable<ParseArgsConfig['options']>,
): { readonly values: Readonly<Record<string, unknown>>; readonly positionals: readonly string[] } {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** The address of a server to use instead of AWS, if one is given. */
export function readEndpoint(given: Given): { readonly endpoint?: string } {
  const endpoint = given.value('endpoint')
  if (endpoint === undefined) return {}
  if (!/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint)) {
    throw new UsageError(`--endpoint: expected an address such as http://127.0.0.1:4573, got ${endpoint}`)
  }
  return { endpoint }
}
