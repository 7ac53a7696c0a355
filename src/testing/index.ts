export { checkResponse } from './check.ts'
export { createFirehoseEvent, type FirehoseEventOptions, type Payload, SOURCES, type Source } from './event.ts'
export { type AnsweredRecord, readResponse } from './response.ts'
