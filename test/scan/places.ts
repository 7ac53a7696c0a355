/** A place for a case in a record: the text before and after it. */
export interface Place {
  readonly name: string
  readonly before: string
  readonly after: string
}

const HEAD = '{"eventType":"Send","mail":{"messageId":"m-1","timestamp":"2026-01-12T08:15:02.645Z",'
const TAIL = '"source":"a@example.com"}}'
const FULL = '"headers":[{"name":"From","value":"x"}],"tags":{"a":["b"]},"count":1,"ratio":0.5,'

/**
 * The places for a JSON text, one line each: the value of a key that no column reads, of a key that a column of each kind
 * reads, or an element of the list of headers.
 */
export const PLACES: readonly Place[] = [
  { name: 'the value of a key that no column reads', before: `${HEAD}${FULL}"other":`, after: `,${TAIL}` },
  { name: 'the last value of a record', before: `{"eventType":"Send","other":`, after: '}' },
  { name: 'the value of a json column', before: `${HEAD}"count":1,"tags":`, after: `,${TAIL}` },
  { name: 'the value of a string column', before: '{"eventType":"Send","mail":{"messageId":', after: '}}' },
  { name: 'the value of a long column', before: `${HEAD}"count":`, after: `,${TAIL}` },
  { name: 'the value of a double column', before: `${HEAD}"ratio":`, after: `,${TAIL}` },
  { name: 'the value of a timestamp column', before: '{"eventType":"Send","mail":{"timestamp":', after: `,${TAIL}` },
  { name: 'an element of the headers', before: `${HEAD}"headers":[{"name":"a","value":"b"},`, after: `],${TAIL}` },
  { name: 'the value of a header', before: `${HEAD}"headers":[{"name":"From","value":`, after: `}],${TAIL}` },
  { name: 'the value that selects the route', before: '{"eventType":', after: `,"mail":{${TAIL.slice(0, -1)}}` },
]

/** The bytes of a record with a JSON text in a place. */
export function putInto({ before, after }: Place, bytes: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)])
}
