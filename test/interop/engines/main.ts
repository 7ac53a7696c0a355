import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createWarehouse } from '../../../src/local/warehouse/warehouse.ts'
import { ENGINE_CASES, type EngineCase } from './cases.ts'
import { type Outcome, renderMatrix } from './matrix.ts'
import { canonicalRows, commitCase, type PrintedRow, withText } from './model.ts'
import { ENGINES_FOLDER, python, SPARK_JAR } from './python.ts'

/*
 * Writes a table for each case with the local warehouse, reads all with every engine, compares them with the model, prints the
 * matrix and writes it into docs/readers.md. Names of engines as arguments: only those, printed and not written.
 */

const ENGINES = ['DuckDB', 'ClickHouse', 'Spark', 'iceberg-rust', 'PyIceberg', 'Polars', 'Daft']
const DOCS = fileURLToPath(new URL('../../../docs/readers.md', import.meta.url))
const WAREHOUSE = 'warehouse'

/** What an engine printed of one table. */
interface Answer {
  readonly name: string
  readonly rows?: readonly PrintedRow[]
  readonly error?: string
}

const asked = process.argv.slice(2)
const engines = ENGINES.filter((engine) => asked.length === 0 || asked.includes(engine))
const expected = await writeTables()
const versions: Record<string, string> = {}
const outcomes: Record<string, readonly Outcome[]> = {}
for (const engine of engines) {
  const { version, answers } = await readAll(engine)
  versions[engine] = version
  outcomes[engine] = ENGINE_CASES.map((one) => judge(engine, one, answers.get(one.name)))
  console.log(`${engine} ${version}`)
  for (const { name, verdict, detail } of outcomes[engine] ?? []) {
    if (verdict !== 'right') console.log(`  ${verdict} ${name}: ${detail.replaceAll('\n', ' ').slice(0, 300)}`)
  }
}
const matrix = renderMatrix(versions, outcomes)
console.log(matrix)
if (asked.length === 0) await writeMatrix(matrix)

async function writeTables(): Promise<ReadonlyMap<string, readonly PrintedRow[]>> {
  const folder = join(ENGINES_FOLDER, WAREHOUSE)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const warehouse = createWarehouse({ folder })
  const rows = new Map<string, readonly PrintedRow[]>()
  for (const one of ENGINE_CASES) rows.set(one.name, await commitCase(await warehouse.openTable('db', one.table), one))
  return rows
}

/** Reads all tables with an engine; one that ends its process at a table goes on with the next. */
async function readAll(engine: string): Promise<{ version: string; answers: ReadonlyMap<string, Answer> }> {
  const answers = new Map<string, Answer>()
  let version = ''
  for (let left = ENGINE_CASES.map(toRequest); left.length > 0; left = left.filter(({ name }) => !answers.has(name))) {
    const request = { engine, jar: SPARK_JAR, ivy: join(ENGINES_FOLDER, 'ivy'), warehouse: WAREHOUSE, cases: left }
    const [first = '{}', ...lines] = (await python(new URL('engines.py', import.meta.url), request)).trim().split('\n')
    version = JSON.parse(first || '{}').version ?? version
    for (const line of lines) {
      const answer = JSON.parse(line) as Answer
      answers.set(answer.name, answer)
    }
    const crashed = left.find(({ name }) => !answers.has(name))
    if (crashed !== undefined) answers.set(crashed.name, { name: crashed.name, error: 'the process ended' })
  }
  return { version, answers }
}

function toRequest({ name, table, filter }: EngineCase) {
  const folder = `${WAREHOUSE}/db/${name}`
  if (filter === undefined) return { name, folder }
  const { column, op, value } = filter
  return { name, folder, filter: { column, op, value, type: table.columns[column]?.type.name } }
}

function judge(engine: string, { name, feature, table }: EngineCase, answer: Answer | undefined): Outcome {
  if (answer?.rows === undefined) return { name, feature, verdict: 'refused', detail: answer?.error ?? 'no answer' }
  const read = canonicalRows(
    table.columns,
    engine === 'ClickHouse' ? withText(table.columns, answer.rows) : answer.rows,
  )
  const wanted = canonicalRows(table.columns, expected.get(name) ?? [])
  return { name, feature, verdict: read === wanted ? 'right' : 'wrong', detail: `read ${read} wanted ${wanted}` }
}

async function writeMatrix(text: string): Promise<void> {
  const docs = await readFile(DOCS, 'utf8')
  const [start, end] = ['<!-- matrix -->', '<!-- end of matrix -->'] as const
  const [before = '', after = ''] = [docs.split(start)[0], docs.split(end)[1]]
  await writeFile(DOCS, `${before}${start}\n${text}\n${end}${after}`)
}
