import { bounce } from './bounce.ts'
import { click } from './click.ts'
import { complaint } from './complaint.ts'
import { delivery } from './delivery.ts'
import { deliveryDelay } from './delivery-delay.ts'
import { open } from './open.ts'
import { reject } from './reject.ts'
import { renderingFailure } from './rendering-failure.ts'
import { send } from './send.ts'
import { subscription } from './subscription.ts'

/** All ten event types of SES. */
export const allEvents: readonly [
  typeof send,
  typeof open,
  typeof click,
  typeof delivery,
  typeof bounce,
  typeof complaint,
  typeof deliveryDelay,
  typeof reject,
  typeof renderingFailure,
  typeof subscription,
] = [send, open, click, delivery, bounce, complaint, deliveryDelay, reject, renderingFailure, subscription]
