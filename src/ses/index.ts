export { allEvents } from './all-events.ts'
export {
  bounce,
  bounceLog,
  type SesBounce,
  type SesBouncedRecipient,
  type SesBounceEvent,
} from './bounce.ts'
export { click, clickLog, type SesClick, type SesClickEvent } from './click.ts'
export { complaint, complaintLog, type SesComplaint, type SesComplaintEvent } from './complaint.ts'
export { delivery, deliveryLog, type SesDelivery, type SesDeliveryEvent } from './delivery.ts'
export {
  deliveryDelay,
  deliveryDelayLog,
  type SesDelayedRecipient,
  type SesDeliveryDelay,
  type SesDeliveryDelayEvent,
} from './delivery-delay.ts'
export { extend, type SesExtension } from './extend.ts'
export type { SesInteraction } from './interaction.ts'
export type { SesCommonHeaders, SesHeader, SesMail, SesTags } from './mail.ts'
export { open, openLog, type SesOpenEvent } from './open.ts'
export type { SesRecipient } from './recipients.ts'
export { reject, rejectLog, type SesRejectEvent } from './reject.ts'
export {
  renderingFailure,
  renderingFailureLog,
  type SesRenderingFailure,
  type SesRenderingFailureEvent,
} from './rendering-failure.ts'
export type { SesRouterOptions } from './router-options.ts'
export { type SesSendEvent, send, sendLog } from './send.ts'
export type { SesEvent, SesEventOf, SesEventType } from './ses-event.ts'
export { createSesRouter } from './ses-router.ts'
export {
  type SesSubscription,
  type SesSubscriptionEvent,
  type SesTopicPreferences,
  type SesTopicStatus,
  subscription,
  subscriptionLog,
} from './subscription.ts'
export type { AnySesType, SesEventBase, SesTable, SesType } from './type.ts'
