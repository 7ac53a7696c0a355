import { parseArgs } from 'node:util'

/** The options of a script: `--name value`, and switches such as `--name`. */
export interface Options {
  /** The value of an option, or its default. */
  readonly value: (name: string, fallback?: string) => string | undefined
  readonly isOn: (name: string) => boolean
}

/** Reads the arguments of a script. An unknown option is an error. */
export function readOptions(
  args: readonly string[],
  names: { readonly values: readonly string[]; readonly switches: readonly string[] },
): Options {
  const options = Object.fromEntries([
    ...names.values.map((name) => [name, { type: 'string' as const }]),
    ...names.switches.map((name) => [name, { type: 'boolean' as const }]),
  ])
  const values: Readonly<Record<string, unknown>> = parseArgs({ args: [...args], options, strict: true }).values
  return {
    value: (name, fallback) => {
      const value = values[name]
      return typeof value === 'string' ? value : fallback
    },
    isOn: (name) => values[name] === true,
  }
}
