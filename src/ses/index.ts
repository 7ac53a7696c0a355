export {
  bounce,
  bounceLog,
  type SesBounce,
  type SesBouncedRecipient,
  type SesBounceEvent,
  toBounceRow,
} from './bounce.ts'
export { click, clickLog, type SesClick, type SesClickEvent, toClickRow } from './click.ts'
export { complaint, complaintLog, type SesComplaint, type SesComplaintEvent, toComplaintRow } from './complaint.ts'
export { delivery, deliveryLog, type SesDelivery, type SesDeliveryEvent, toDeliveryRow } from './delivery.ts'
export {
  deliveryDelay,
  deliveryDelayLog,
  type SesDelayedRecipient,
  type SesDeliveryDelay,
  type SesDeliveryDelayEvent,
  toDeliveryDelayRow,
} from './delivery-delay.ts'
export type { SesEvent, SesEventOf, SesEventType } from './event-types.ts'
export { extend, type SesExtension } from './extend.ts'
export type { SesInteraction } from './interaction.ts'
export { allEvents } from './list.ts'
export type { SesCommonHeaders, SesHeader, SesMail, SesTags } from './message.ts'
export { open, openLog, type SesOpenEvent, toOpenRow } from './open.ts'
export type { SesRouterOptions } from './options.ts'
export type { SesRecipient } from './recipients.ts'
export { reject, rejectLog, type SesRejectEvent, toRejectRow } from './reject.ts'
export {
  renderingFailure,
  renderingFailureLog,
  type SesRenderingFailure,
  type SesRenderingFailureEvent,
  toRenderingFailureRow,
} from './rendering-failure.ts'
export { createSesRouter } from './router.ts'
export { type SesSendEvent, send, sendLog, toSendRow } from './send.ts'
export {
  type SesSubscription,
  type SesSubscriptionEvent,
  type SesTopicPreferences,
  type SesTopicStatus,
  subscription,
  subscriptionLog,
  toSubscriptionRow,
} from './subscription.ts'
export type { AnySesType, SesEventBase, SesTable, SesType } from './type.ts'
