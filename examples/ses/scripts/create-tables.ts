import { setTimeout as wait } from 'node:timers/promises'
import { AthenaClient, GetQueryExecutionCommand, StartQueryExecutionCommand } from '@aws-sdk/client-athena'
import type { Table } from 'firehose-iceberg-router'
import { toAthenaDdl } from 'firehose-iceberg-router/artefacts'

/** Where the tables are created, and by which workgroup. */
export interface CreateSettings {
  readonly database: string
  readonly bucket: string
  readonly workgroup: string
  /** A server to use instead of Athena; by default AWS. */
  readonly endpoint?: string
  /** How long to wait between two checks of a statement; by default 500. */
  readonly pollMs?: number
}

/** The name of each table, and the statement that creates it. */
export function statements(
  tables: readonly Table[],
  { database, bucket }: Pick<CreateSettings, 'database' | 'bucket'>,
): readonly (readonly [string, string])[] {
  return tables.map((table) => {
    const location = `s3://${bucket}/${database}/${table.name}/`
    return [table.name, toAthenaDdl(table, { database, location })] as const
  })
}

/**
 * Creates the tables in Athena, one after the other.
 *
 * @throws Error for the first table that Athena does not create, with Athena's reason
 */
export async function createTables(
  tables: readonly Table[],
  settings: CreateSettings,
  onCreated: (table: string) => void,
): Promise<void> {
  const { endpoint } = settings
  const client = new AthenaClient(endpoint === undefined ? {} : { endpoint, ...LOCAL })
  try {
    for (const [name, statement] of statements(tables, settings)) {
      await run(client, name, { statement, settings })
      onCreated(name)
    }
  } finally {
    client.destroy()
  }
}

const LOCAL = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }

async function run(
  client: AthenaClient,
  name: string,
  { statement, settings }: { readonly statement: string; readonly settings: CreateSettings },
): Promise<void> {
  const { QueryExecutionId } = await client.send(
    new StartQueryExecutionCommand({ QueryString: statement, WorkGroup: settings.workgroup }),
  )
  for (;;) {
    const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId }))
    const { State, StateChangeReason } = QueryExecution?.Status ?? {}
    if (State === 'SUCCEEDED') return
    if (State === 'FAILED' || State === 'CANCELLED') throw new Error(`table ${name}: ${StateChangeReason ?? State}`)
    await wait(settings.pollMs ?? 500)
  }
}
