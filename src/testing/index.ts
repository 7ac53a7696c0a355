export { SOURCES, type Source } from '../firehose/source.ts'
export { checkResponse } from './check.ts'
export { createFirehoseEvent, type FirehoseEventOptions, type Payload } from './event.ts'
export { type AnsweredRecord, readResponse } from './response.ts'
