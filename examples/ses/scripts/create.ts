import { DATABASE, tables } from '../tables.ts'
import { createTables, statements } from './create-tables.ts'
import { type Given, readEndpoint, runScript, UsageError } from './script.ts'

const USAGE = `npm run create:ses -- --bucket <name> [options]

Creates the tables of the example in Athena, one after the other.

  --bucket <name>       the S3 bucket for the files of the tables
  --database <name>     their database, which must exist; by default ${DATABASE}
  --workgroup <name>    Athena's workgroup; by default primary
  --dry-run             print the statements, and run none
  --endpoint <url>      a server to use instead of Athena
`

await runScript({
  name: 'create:ses',
  usage: USAGE,
  values: ['bucket', 'database', 'workgroup', 'endpoint'],
  switches: ['dry-run'],
  run,
})

async function run(given: Given): Promise<undefined> {
  const bucket = given.value('bucket')
  if (bucket === undefined)
    throw new UsageError('--bucket: expected the name of the bucket for the files of the tables')
  // toAthenaDdl checks the rest of the location.
  if (/[/:]/.test(bucket)) throw new UsageError(`--bucket: expected the name of a bucket, without s3://, got ${bucket}`)
  const database = given.value('database', DATABASE)
  const settings = { database, bucket, workgroup: given.value('workgroup', 'primary'), ...readEndpoint(given) }
  if (given.isOn('dry-run')) for (const [, statement] of statements(tables, settings)) console.log(statement)
  else await createTables(tables, settings, (name) => console.log(`${database}.${name} is created`))
}
