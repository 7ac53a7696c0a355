import { localRun } from '../router/local-run.ts'
import type { ReingestTarget } from '../router/target.ts'
import { reingestTarget } from './fanout/reingest-target.ts'
import { putAll } from './put.ts'
import type { SendCall, Service } from './put-service.ts'
import { createSigner, type Secret } from './signer.ts'
import type { TargetSettings } from './target-options.ts'

/** Makes a target that puts items back to a service. */
export function createTarget<Input extends object>(
  service: Service<Input>,
  settings: TargetSettings,
  secret: Secret | undefined,
): ReingestTarget {
  const put: ReingestTarget['put'] = async (items, call) => {
    if (items.length === 0) return []
    const address = service.address(call)
    if ('reason' in address) return items.map(() => ({ accepted: false, reason: address.reason }))
    const send = await openStream(service, address.stream)
    return putAll(service, send, { items, call, settings })
  }
  // `put` replaces the one of reingestTarget, which refuses in a local run: this one redirects.
  return { ...reingestTarget({ put, ...(secret !== undefined && { signer: createSigner(secret) }) }), put }
}

/** Opens the service, or in a local run the one on this machine instead, whatever the client points to. */
async function openStream<Input extends object>(service: Service<Input>, stream: string): Promise<SendCall> {
  const local = localRun()?.send
  if (local !== undefined) return (items) => local(service.operation, service.toInput(stream, items))
  const send = await service.open()
  return (items, abortSignal) => send(service.toInput(stream, items), abortSignal)
}
