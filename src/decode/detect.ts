import type { Decoder, Yields } from '../router/decoder.ts'
import { createDecoder, refuse } from './create-decoder.ts'

type AnyDecoder = Decoder<unknown, Yields>

/** The events of several decoders. */
export type EventOf<D> = D extends Decoder<infer Event, Yields> ? Event : never

/** How many events the one with the most makes. */
export type YieldsOf<D> = D extends Decoder<unknown, infer Count> ? Count : never

/**
 * Chooses a decoder by the first bytes of the payload: `d.detect(d.gzip(d.json()), d.json())`. No parser is tried. A decoder
 * whose format has no typical first bytes, such as `text`, may be the last one, and takes the rest.
 */
export function detect<const Decoders extends readonly [AnyDecoder, ...AnyDecoder[]]>(
  ...decoders: Decoders
): Decoder<EventOf<Decoders[number]>, YieldsOf<Decoders[number]>> {
  const names = decoders.map(({ name }) => name).join(', ')
  return createDecoder({
    name: `detect(${names})`,
    yields: yieldsOf(decoders) as YieldsOf<Decoders[number]>,
    problems: [...decoders.flatMap((decoder) => decoder['~decoder'].problems), ...orderProblems(decoders)],
    recognises: (bytes) => decoders.some((decoder) => accepts(decoder, bytes)),
    decode: (bytes) => {
      const chosen = decoders.find((decoder) => accepts(decoder, bytes))
      if (chosen !== undefined) return chosen['~decoder'].decode(bytes)
      if (bytes.length === 0) return refuse('EmptyRecord', 'expected a payload, got an empty one')
      return refuse('UnknownFormat', `expected the first bytes of one of ${names}, got others`)
    },
  })
}

function accepts(decoder: AnyDecoder, bytes: Uint8Array): boolean {
  const { recognises } = decoder['~decoder']
  return recognises === undefined || recognises(bytes)
}

function yieldsOf(decoders: readonly AnyDecoder[]): Yields {
  return decoders.find(({ yields }) => yields !== 'one event')?.yields ?? 'one event'
}

/** First bytes of the formats that can be recognised; of two that both take one of them the second would never run. */
const SAMPLES: readonly (readonly number[])[] = [[0x1f, 0x8b, 8], [0x78, 0x9c], [0x28, 0xb5, 0x2f, 0xfd], [0x7b]]

function orderProblems(decoders: readonly AnyDecoder[]): string[] {
  return decoders.flatMap((decoder, index) => {
    const before = decoders.slice(0, index)
    const rest = before.find((other) => other['~decoder'].recognises === undefined)
    if (rest !== undefined)
      return [`decode: detect: ${decoder.name} is never used, because ${rest.name} before it takes every payload`]
    const own = SAMPLES.filter((bytes) => decoder['~decoder'].recognises?.(Uint8Array.from(bytes)))
    const taken = own.length > 0 && own.every((bytes) => before.some((other) => accepts(other, Uint8Array.from(bytes))))
    return taken
      ? [`decode: detect: ${decoder.name} is never used, because the decoders before it take its first bytes`]
      : []
  })
}
