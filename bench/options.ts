import { parseArgs } from 'node:util'

/** What `npm run bench` takes. */
export interface Options {
  /** Major versions of Node to run on; empty for the one that runs. */
  readonly nodes: readonly string[]
  /** Fresh processes for every figure. */
  readonly rounds: number
  /** Exit 1 where a bar is missed. */
  readonly check: boolean
  /** Names of experiments to run; empty for all. */
  readonly only: readonly string[]
  /** Write the tables to docs/performance.md. */
  readonly write: boolean
}

/** Reads the arguments. Unknown ones end the command with a message. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      nodes: { type: 'string', default: '' },
      rounds: { type: 'string', default: '5' },
      check: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      write: { type: 'boolean', default: false },
    },
  })
  const list = (text: string): string[] => text.split(',').filter((part) => part !== '')
  const { check, write } = values
  return {
    nodes: list(values.nodes),
    rounds: Math.max(1, Number(values.rounds)),
    check,
    only: list(values.only),
    write,
  }
}
