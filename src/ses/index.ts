export { bounceLog, type SesBounce, type SesBouncedRecipient, type SesBounceEvent, toBounceRow } from './bounce.ts'
export { clickLog, type SesClick, type SesClickEvent, toClickRow } from './click.ts'
export { complaintLog, type SesComplaint, type SesComplaintEvent, toComplaintRow } from './complaint.ts'
export { deliveryLog, type SesDelivery, type SesDeliveryEvent, toDeliveryRow } from './delivery.ts'
export {
  deliveryDelayLog,
  type SesDelayedRecipient,
  type SesDeliveryDelay,
  type SesDeliveryDelayEvent,
  toDeliveryDelayRow,
} from './delivery-delay.ts'
export type { SesExtension, SesExtensions } from './extend.ts'
export type { SesInteraction } from './interaction.ts'
export type { SesCommonHeaders, SesHeader, SesMail, SesTags } from './message.ts'
export { openLog, type SesOpenEvent, toOpenRow } from './open.ts'
export type { OwnColumns, SesRouterOptions } from './options.ts'
export type { SesRecipient } from './recipients.ts'
export { rejectLog, type SesRejectEvent, toRejectRow } from './reject.ts'
export {
  renderingFailureLog,
  type SesRenderingFailure,
  type SesRenderingFailureEvent,
  toRenderingFailureRow,
} from './rendering-failure.ts'
export { createSesRouter } from './router.ts'
export { type SesSendEvent, sendLog, toSendRow } from './send.ts'
export {
  type SesSubscription,
  type SesSubscriptionEvent,
  type SesTopicPreferences,
  type SesTopicStatus,
  subscriptionLog,
  toSubscriptionRow,
} from './subscription.ts'
export type { SesEvent, SesEventOf, SesEventType } from './types.ts'
