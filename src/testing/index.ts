export { SOURCES, type Source } from '../firehose/stream-source.ts'
export { checkResponse } from './check-response.ts'
export { createFirehoseEvent, type FirehoseEventOptions, type Payload } from './create-event.ts'
export { type AnsweredRecord, readResponse } from './read-response.ts'
