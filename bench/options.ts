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
  /** Write the tables and charts to docs/performance. */
  readonly write: boolean
}

/**
 * Reads the arguments.
 *
 * @param experiments the names that `--only` may have
 * @throws TypeError for what it does not know, with a message for people
 */
export function readOptions(args: readonly string[], experiments: readonly string[]): Options {
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
  const { check, write, rounds } = values
  const [nodes, only] = [list(values.nodes), list(values.only)]
  for (const node of nodes) expect(/^\d{2}$/.test(node), `--nodes: expected versions like 22,24, got ${node}`)
  for (const name of only) {
    expect(experiments.includes(name), `--only: expected some of ${experiments.join(', ')}, got ${name}`)
  }
  expect(/^[1-9]\d*$/.test(rounds), `--rounds: expected a whole number from 1 on, got ${rounds}`)
  expect(!write || only.length === 0, '--write: expected all experiments, got --only; a page has all tables of a Node')
  return { nodes, rounds: Number(rounds), check, only, write }
}

function expect(holds: boolean, message: string): void {
  if (!holds) throw new TypeError(message)
}
