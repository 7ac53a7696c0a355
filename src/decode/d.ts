// The decoders under one name, with their types: `d.gzip(d.json())`, `d.SnsEvent`. A router without `decode` holds none of them.

export type { Decoder, Yields } from '../router/decoder.ts'
export { type Base64Options, base64 } from './base64-field.ts'
export { gzip, type UnpackOptions, zlibDecoder as zlib, zstd } from './compressed.ts'
export { detect, type EventOf, type YieldsOf } from './detect.ts'
export { type DynamoDbEvent, dynamoDb } from './dynamo-db.ts'
export { type EventBridgeEvent, eventBridge } from './event-bridge.ts'
export { json } from './json-decoder.ts'
export { type SnsEvent, sns } from './sns.ts'
export { type SqsEvent, sqs } from './sqs.ts'
export { text } from './text.ts'
