import { FirehoseClient } from '@aws-sdk/client-firehose'
import { KinesisClient } from '@aws-sdk/client-kinesis'
import { onTestFinished } from 'vitest'
import type { FaultSchedule } from '../../../src/local/server/fault.ts'
import { startServer } from '../../../src/local/server/server.ts'
import type { TakenRecord } from '../../../src/local/server/stream.ts'

/** A server with one stream of each kind, both called `events`, and the SDK's own clients of it. */
export interface Cloud {
  readonly endpoint: string
  readonly firehose: FirehoseClient
  readonly kinesis: KinesisClient
  /** What the streams took, in order. */
  readonly taken: TakenRecord[]
}

/** Starts a server for as long as the test runs. The clients do not try again: what the server said is what the test sees. */
export async function startCloud({ faults }: { readonly faults?: FaultSchedule } = {}): Promise<Cloud> {
  const taken: TakenRecord[] = []
  const take = (record: TakenRecord): void => void taken.push(record)
  const streams = [
    { kind: 'firehose', name: 'events', take } as const,
    { kind: 'firehose', name: 'from-kinesis', source: 'kinesis', take } as const,
    { kind: 'kinesis', name: 'events', take } as const,
  ]
  const { endpoint, close } = await startServer({ streams, ...(faults && { faults }) })
  const config = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  }
  const clients = { firehose: new FirehoseClient(config), kinesis: new KinesisClient(config) }
  onTestFinished(async () => {
    clients.firehose.destroy()
    clients.kinesis.destroy()
    await close()
  })
  return { endpoint, ...clients, taken }
}
