import { parseArgs } from 'node:util'

/** The options of a script: `--name value`, and `--name` alone where it is a switch. */
export interface Options {
  /** The value of an option, or what stands in for it. */
  readonly text: (name: string, otherwise?: string) => string | undefined
  readonly isOn: (name: string) => boolean
}

/** Reads the arguments of a script; one that it has not is an error, with the ones that it has. */
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
    text: (name, otherwise) => {
      const value = values[name]
      return typeof value === 'string' ? value : otherwise
    },
    isOn: (name) => values[name] === true,
  }
}
