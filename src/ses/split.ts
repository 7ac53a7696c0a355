import type { RowMaker } from './type.ts'

/** Splits an event and makes a row of each part, in order. Only the types with recipients import it. */
export function splitRows<Event>(toRow: RowMaker, split: (event: Event) => readonly Event[]): RowMaker {
  return (event, record) => {
    const rows = split(event).map((each) => attempt(() => toRow(each as never, record, undefined)))
    return rows.some((row) => row instanceof Promise) ? Promise.all(rows) : rows
  }
}

/** Turns an exception into a rejected promise: if it were thrown, rejections of earlier rows would be unhandled. */
function attempt(make: () => unknown): unknown {
  try {
    return make()
  } catch (error) {
    return Promise.reject(error)
  }
}
