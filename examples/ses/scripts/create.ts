import { DATABASE, tables } from '../tables.ts'
import { readOptions } from './arguments.ts'
import { createTables, statements } from './create-tables.ts'

// npm run create:ses -- --bucket my-warehouse [--database email_event] [--workgroup primary] [--dry-run]
const options = readOptions(process.argv.slice(2), {
  values: ['bucket', 'database', 'workgroup', 'endpoint'],
  switches: ['dry-run'],
})
const bucket = options.value('bucket')
if (bucket === undefined) throw new TypeError('--bucket: expected the name of the bucket for the files of the tables')
const database = options.value('database', DATABASE) ?? ''
const workgroup = options.value('workgroup', 'primary') ?? ''
const endpoint = options.value('endpoint')

if (options.isOn('dry-run')) {
  for (const [, statement] of statements(tables, { database, bucket })) console.log(statement)
} else {
  const settings = { database, bucket, workgroup, ...(endpoint === undefined ? {} : { endpoint }) }
  await createTables(tables, settings, (name) => console.log(`${database}.${name} is created`))
}
