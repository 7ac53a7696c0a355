export {
  brokenBase64,
  type FirehoseEventConstraints,
  firehoseEvents,
  garbagePayloads,
  jsonTexts,
} from './arbitrary-firehose.ts'
export { hostileStrings, sesClickEvents, sesEvents, sesOpenEvents, sesSendEvents } from './arbitrary-ses.ts'
