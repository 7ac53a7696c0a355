import { createWarehouse } from '../../../../src/local/warehouse/warehouse.ts'
import { nullable } from '../../../../src/table/column.ts'
import { defineTable } from '../../../../src/table/table.ts'
import { int } from '../../../../src/table/types/int.ts'
import { string } from '../../../../src/table/types/string.ts'

/* Commits to a table until the process is killed. */

const columns = { id: string(), age: nullable(int()) }
const people = defineTable({ name: 'people', columns, uniqueKeys: ['id'] })
const table = await createWarehouse({ folder: process.argv[2] ?? '' }).openTable('db', people)
process.stdout.write('open\n')
for (let age = 0; ; age++) {
  await table.commit([
    { operation: 'update', row: { id: 'a', age } },
    { operation: 'insert', row: { id: 'b', age } },
  ])
}
