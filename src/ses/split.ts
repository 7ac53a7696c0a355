import type { RowMaker } from './type.ts'

/** Makes a row for each of the events that an event is split into, in their order. It comes with the types that need it. */
export function splitRows<Event>(toRow: RowMaker, split: (event: Event) => readonly Event[]): RowMaker {
  return (event, record) => {
    const rows = split(event).map((each) => attempt(() => toRow(each as never, record, undefined)))
    return rows.some((row) => row instanceof Promise) ? Promise.all(rows) : rows
  }
}

/** What throws becomes a promise, so that no promise of an earlier row is left without anybody to hear it reject. */
function attempt(make: () => unknown): unknown {
  try {
    return make()
  } catch (error) {
    return Promise.reject(error)
  }
}
