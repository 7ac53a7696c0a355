import type { Operation } from '../../src/firehose/response.ts'
import type { CheckedRow, RowChange, StoredRow, Warehouse, WarehouseTable } from '../../src/local/warehouse/types.ts'
import { createRowEncoder } from '../../src/table/encoder.ts'
import { RowIssue } from '../../src/table/row-issue.ts'
import type { Table } from '../../src/table/table.ts'

/** A warehouse in memory, whose commits can be made to fail. */
export interface MemoryWarehouse extends Warehouse {
  /** The changes of a table so far, one list per commit. */
  commits(database: string, table: string): readonly (readonly RowChange[])[]
  /** Makes every commit to tables of this name fail from now on, or none. */
  failCommits(table: string | undefined, cause?: unknown): void
}

export function createMemoryWarehouse(): MemoryWarehouse {
  const commits = new Map<string, RowChange[][]>()
  let broken: { table: string | undefined; cause: unknown } = { table: undefined, cause: undefined }

  return {
    folder: 'memory',
    commits: (database, table) => commits.get(`${database}.${table}`) ?? [],
    failCommits: (table, cause = new Error('no space left')) => {
      broken = { table, cause }
    },
    async openTable(database, declaration): Promise<WarehouseTable> {
      const snapshots: RowChange[][] = []
      commits.set(`${database}.${declaration.name}`, snapshots)
      const rows = (): number => snapshots.flat().length
      return {
        declaration,
        check: createCheck(declaration),
        async commit(changes) {
          if (broken.table === declaration.name) throw broken.cause
          snapshots.push([...changes])
          return { snapshotId: snapshots.length, version: snapshots.length, addedRows: changes.length, addedFiles: 1 }
        },
        state: () => ({
          database,
          table: declaration.name,
          folder: 'memory',
          snapshotId: snapshots.length,
          version: snapshots.length,
          rows: rows(),
          files: snapshots.length,
        }),
      }
    },
  }
}

/** Checks for one JSON object whose columns fit; unknown columns are skipped. */
function createCheck(table: Table): (rowText: string, operation: Operation) => CheckedRow {
  const encode = createRowEncoder(table)
  const known = (row: object): object =>
    Object.fromEntries(Object.entries(row).filter(([name]) => Object.hasOwn(table.columns, name)))
  return (rowText, operation) => {
    if (operation !== 'insert' && table.uniqueKeys.length === 0) {
      return { rejection: { errorCode: 'Local.NoUniqueKeys', errorMessage: 'the table has no unique keys' } }
    }
    const row = parse(rowText)
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      return { rejection: { errorCode: 'Local.NotARow', errorMessage: 'expected one JSON object' } }
    }
    const encoded = encode(known(row), operation)
    if (encoded instanceof RowIssue) {
      return { rejection: { errorCode: `Local.${encoded.code}`, errorMessage: encoded.message } }
    }
    return { row: JSON.parse(encoded) as StoredRow }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
