import { FirehoseClient } from '@aws-sdk/client-firehose'
import { KinesisClient } from '@aws-sdk/client-kinesis'
import { createFirehoseTarget, createKinesisTarget, type PutRecordBatchInput } from 'firehose-iceberg-router/reingest'

// The SDK's own clients are taken, without a cast.
createFirehoseTarget({ client: new FirehoseClient({ region: 'us-east-1' }) })
createKinesisTarget({ client: new KinesisClient({ region: 'us-east-1' }) })

// So is any object with the same send, whose command is typed.
createFirehoseTarget({
  client: {
    send: async ({ input }) => {
      const count: number = input.Records.length
      // @ts-expect-error Firehose has no partition keys
      input.Records.map(({ PartitionKey }) => PartitionKey)
      return count
    },
  },
})
createFirehoseTarget({ client: { send: async (command: { readonly input: PutRecordBatchInput }) => command.input } })

// @ts-expect-error no client
createFirehoseTarget({})
// @ts-expect-error an unknown option
createFirehoseTarget({ client: { send: async () => undefined }, maxRecordBytes: 1 })
// @ts-expect-error a client without send
createKinesisTarget({ client: {} })
