import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createWarehouse } from '../../../../src/local/warehouse/warehouse.ts'
import { change } from '../../../local/warehouse/support/tables.ts'
import { ENGINES_FOLDER, python, SPARK_JAR } from '../python.ts'
import { FOREIGN_CASES, PEOPLE } from './cases.ts'

/*
 * Lets Spark write to tables of ours, records what it left as fixtures of the unit tests, commits on top of it and lets Spark
 * read the result. Iceberg stores whole paths, so the tables are where the unit tests have them.
 */

const WAREHOUSE = '/w'
const FIXTURES = fileURLToPath(new URL('../../../local/warehouse/foreign', import.meta.url))
const request = { warehouse: WAREHOUSE, jar: SPARK_JAR, ivy: join(ENGINES_FOLDER, 'ivy') }

await rm(WAREHOUSE, { recursive: true, force: true })
for (const { name } of FOREIGN_CASES) {
  const table = await createWarehouse({ folder: join(WAREHOUSE, name) }).openTable('db', PEOPLE)
  await table.commit([change('insert', { id: 'a', age: 1 }), change('insert', { id: 'c', age: 1 })])
  await table.commit([change('update', { id: 'b', age: 2 }), change('delete', { id: 'c' })])
}
print(await spark(FOREIGN_CASES.map(({ name, sql }) => ({ name, sql }))))
for (const { name } of FOREIGN_CASES) await record(name)
let failures = 0
for (const { name, after } of FOREIGN_CASES) {
  try {
    const table = await createWarehouse({ folder: join(WAREHOUSE, name) }).openTable('db', after)
    const rest = 'extra' in after.columns ? { extra: null } : {}
    await table.commit([
      change('update', { id: 'a', age: 9, ...rest }),
      change('insert', { id: 'later', age: 5, ...rest }),
    ])
  } catch (error) {
    failures++
    console.log(`${name}: ${error}`)
  }
}
const answers = await spark(FOREIGN_CASES.map(({ name }) => ({ name })))
for (const { name, ids } of FOREIGN_CASES) {
  const { rows, error } = answers[name] as { rows?: readonly { id: string; age: number }[]; error?: string }
  const read = rows?.map(({ id, age }) => `${id}${id === 'a' ? age : ''}`).sort()
  // A partition spec that came later does not let deletes reach the rows before it.
  const allowed = [ids.map((id) => (id === 'a' ? 'a9' : id)), [...ids.map((id) => (id === 'a' ? 'a9' : id)), 'a1']]
  const isRight = allowed.some((wanted) => JSON.stringify(wanted.sort()) === JSON.stringify(read))
  if (!isRight) failures++
  console.log(`${isRight ? 'right' : 'WRONG'} ${name}: ${error ?? read?.join(' ')}`)
}
process.exitCode = failures === 0 ? 0 : 1

async function spark(cases: readonly object[]): Promise<Record<string, unknown>> {
  return JSON.parse(await python(new URL('spark.py', import.meta.url), { ...request, cases }))
}

/** One file for each case: the metadata, without the data files. */
async function record(name: string): Promise<void> {
  const folder = join(WAREHOUSE, name, 'db/people/metadata')
  const names = (await readdir(folder)).filter((file) => /\.(json|text|avro|gz)$/.test(file) && !file.startsWith('.'))
  const files = names.sort().map(async (file) => [file, (await readFile(join(folder, file))).toString('base64')])
  await mkdir(FIXTURES, { recursive: true })
  await writeFile(
    join(FIXTURES, `${name}.json`),
    `${JSON.stringify(Object.fromEntries(await Promise.all(files)), null, 1)}\n`,
  )
}

function print(written: Record<string, unknown>): void {
  for (const [name, answer] of Object.entries(written)) console.log(`spark ${name}: ${JSON.stringify(answer)}`)
}
