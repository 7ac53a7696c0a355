import type { CommandClient, PutRecordBatchInput } from '../../src/reingest/index.ts'
import type { VirtualClock } from '../reingest/support/clock.ts'

const MAX_ATTEMPTS = 3

/** A client with the SDK's own retries, which is what the blueprint leaves on: three attempts, jittered pauses. */
export function withRetries(
  client: CommandClient<PutRecordBatchInput>,
  clock: VirtualClock,
): CommandClient<PutRecordBatchInput> {
  const attempt = async (command: { readonly input: PutRecordBatchInput }, attempts: number): Promise<unknown> => {
    try {
      return await client.send(command)
    } catch (error) {
      if (attempts === MAX_ATTEMPTS) throw error
      await clock.sleep(clock.random() * 100 * 2 ** (attempts - 1))
      return attempt(command, attempts + 1)
    }
  }
  return { send: (command) => attempt(command, 1) }
}
