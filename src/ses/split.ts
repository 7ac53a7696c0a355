import type { AnySesType } from './type.ts'

/** The type with one row for each recipient, in the order of the event; as it is where its events name none. */
export function splitRows(type: AnySesType): AnySesType {
  const { split, toRow } = type
  if (split === undefined || toRow === undefined) return type
  return {
    ...type,
    toRow: (event, record) => {
      const rows = split(event).map((each) => attempt(() => toRow(each as never, record)))
      return rows.some((row) => row instanceof Promise) ? Promise.all(rows) : rows
    },
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
