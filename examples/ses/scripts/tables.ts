import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { DATABASE, eventTypes, tables } from '../tables.ts'
import { toTerraformTables } from '../terraform-tables.ts'

const file = join(import.meta.dirname, '../terraform/tables.tf.json')
writeFileSync(file, `${JSON.stringify(toTerraformTables(tables, { database: DATABASE, eventTypes }), null, 2)}\n`)
console.log(`${relative(process.cwd(), file)}: ${tables.map(({ name }) => name).join(', ')}`)
