import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { DATABASE, eventTypes, tables } from '../tables.ts'
import { toTerraformTables } from '../terraform-tables.ts'
import { runScript } from './script.ts'

const FILE = join(import.meta.dirname, '../terraform/tables.tf.json')

const USAGE = `npm run tables:ses

Writes ${relative(process.cwd(), FILE)} from the tables in TypeScript. It takes no options.
`

await runScript({ name: 'tables:ses', usage: USAGE, run })

function run(): undefined {
  writeFileSync(FILE, `${JSON.stringify(toTerraformTables(tables, { database: DATABASE, eventTypes }), null, 2)}\n`)
  const { status } = spawnSync('npx', ['--no-install', 'biome', 'format', '--write', FILE], { stdio: 'ignore' })
  if (status !== 0) throw new Error(`biome could not format ${FILE}; run npm ci in the root of the repository`)
  console.log(`${relative(process.cwd(), FILE)}: ${tables.map(({ name }) => name).join(', ')}`)
}
