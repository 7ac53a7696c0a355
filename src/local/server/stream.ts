import type { Source } from '../../firehose/stream-source.ts'

/** A record that a stream accepted. */
export interface TakenRecord {
  /** The id that the service gave it: a `RecordId` or a `SequenceNumber`. */
  readonly id: string
  readonly data: Uint8Array
  /** Kinesis only. */
  readonly partitionKey?: string
}

/** A Firehose stream. */
export interface FirehoseStream {
  readonly kind: 'firehose'
  readonly name: string
  /** Where its records come from, by default `direct-put`; Firehose refuses direct puts to any other. */
  readonly source?: Source
  readonly take: (record: TakenRecord) => void
}

/** A Kinesis data stream. */
export interface KinesisStream {
  readonly kind: 'kinesis'
  readonly name: string
  /** Largest record with its partition key, by default 1 MiB. */
  readonly maxRecordBytes?: number
  readonly take: (record: TakenRecord) => void
}

/** A stream of the server. Its `take` receives its records. */
export type Stream = FirehoseStream | KinesisStream

/** The streams of a server, by kind and name. */
export interface Streams {
  readonly firehose: (name: string) => FirehoseStream | undefined
  readonly kinesis: (name: string) => KinesisStream | undefined
}

/** Looks streams up by their names. */
export function toStreams(list: readonly Stream[]): Streams {
  const find = (kind: Stream['kind'], name: string): Stream | undefined =>
    list.find((stream) => stream.kind === kind && stream.name === name)
  return {
    firehose: (name) => find('firehose', name) as FirehoseStream | undefined,
    kinesis: (name) => find('kinesis', name) as KinesisStream | undefined,
  }
}
