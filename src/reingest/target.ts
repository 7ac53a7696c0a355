import type { ReingestTarget } from '../router/target.ts'
import { reingestTarget } from './fanout/reingest-target.ts'
import type { Settings } from './options.ts'
import { putAll } from './put.ts'
import type { Service } from './service.ts'
import { createSigner, type Secret } from './signer.ts'

/** A target that puts items back to a service. */
export function createTarget(service: Service, settings: Settings, secret: Secret | undefined): ReingestTarget {
  const put: ReingestTarget['put'] = async (items, call) => {
    if (items.length === 0) return []
    const address = service.address(call)
    if ('reason' in address) return items.map(() => ({ accepted: false, reason: address.reason }))
    const send = await service.open(address.stream)
    return putAll(service, send, { items, call, settings })
  }
  return reingestTarget({ put, ...(secret !== undefined && { signer: createSigner(secret) }) })
}
