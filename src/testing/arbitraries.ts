export {
  brokenBase64,
  type FirehoseEventConstraints,
  firehoseEvents,
  garbagePayloads,
  jsonTexts,
} from './arbitrary-firehose.ts'
export {
  sesEvents,
  sesRejectEvents,
  sesRenderingFailureEvents,
  sesSendEvents,
} from './arbitrary-ses.ts'
export { sesClickEvents, sesOpenEvents, sesSubscriptionEvents } from './arbitrary-ses-activity.ts'
export {
  sesBounceEvents,
  sesComplaintEvents,
  sesDeliveryDelayEvents,
  sesDeliveryEvents,
} from './arbitrary-ses-feedback.ts'
export { hostileStrings } from './arbitrary-ses-mail.ts'
