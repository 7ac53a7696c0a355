import type { FirehoseRecord } from '../firehose/event.ts'
import type { State } from '../outcome/pending-row.ts'
import type { CompiledRouter } from './compile.ts'
import type { Draft, FurtherRow, Lineage, Processed } from './fanned-out.ts'

/** The records of a batch and what each has come to so far. */
export interface Account {
  readonly records: readonly FirehoseRecord[]
  /** One for each record, in their order. */
  readonly states: State[]
  /** What there is besides, by index, of the few records that have anything. */
  readonly drafts: ReadonlyMap<number, Draft>
}

const NONE: readonly FurtherRow[] = []

/** Starts the account of a batch, which from then on has the list of results for its own. */
export function openAccount(
  { fanout }: CompiledRouter,
  records: readonly FirehoseRecord[],
  processed: Processed[],
): Account {
  const drafts = new Map<number, Draft>()
  // Nothing else makes drafts.
  if (fanout !== undefined) takeDrafts(processed, drafts)
  return { records, states: processed as State[], drafts }
}

function takeDrafts(processed: Processed[], drafts: Map<number, Draft>): void {
  for (const [index, one] of processed.entries()) {
    if (one.status !== 'draft') continue
    drafts.set(index, one)
    processed[index] = one.outcome
  }
}

/** The record of an index. */
export function recordAt({ records }: Account, index: number): FirehoseRecord {
  return records[index] as FirehoseRecord
}

/** Where a record comes from. */
export function lineageOf(account: Account, index: number): Lineage {
  return account.drafts.get(index)?.lineage ?? { kind: 'record', hops: 0, record: recordAt(account, index) }
}

/** The rows that cannot be in a record's answer. */
export function furtherRows({ drafts }: Account, index: number): readonly FurtherRow[] {
  return drafts.get(index)?.further ?? NONE
}

/** A record as it first arrived; a row out of an envelope has only itself. */
export function firstArrival(account: Account, index: number): FirehoseRecord {
  const lineage = lineageOf(account, index)
  return lineage.kind === 'record' ? lineage.record : recordAt(account, index)
}
