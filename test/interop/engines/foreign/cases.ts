import { defineTable, type Table, t } from 'firehose-iceberg-router'

/** A table of ours that another program then writes to, and how it is declared once it has. */
export interface ForeignCase {
  readonly name: string
  /** What the other program does, in Spark's SQL; {t} is the table, {first} and {last} are its snapshots before that. */
  readonly sql: readonly string[]
  /** The declaration that follows. */
  readonly after: Table
  /** Ids of the rows that are there in the end: those of ours, `spark` if its row is to be seen, and `later`. */
  readonly ids: readonly string[]
}

const declare = (extra: object = {}, rest: object = {}): Table =>
  defineTable({
    name: 'people',
    columns: { id: t.string(), age: t.nullable(t.int()), ...extra },
    uniqueKeys: ['id'],
    ...rest,
  }) as Table

/** As it was when the other program came. */
export const PEOPLE: Table = declare()
const INSERT = "INSERT INTO {t} VALUES ('spark', 3)"
const OURS = ['a', 'b']

/** What other programs do to tables that the local warehouse has to cope with. */
export const FOREIGN_CASES: readonly ForeignCase[] = [
  {
    name: 'gzip',
    sql: ["ALTER TABLE {t} SET TBLPROPERTIES ('write.metadata.compression-codec'='gzip')", INSERT],
    after: PEOPLE,
    ids: [...OURS, 'spark', 'later'],
  },
  {
    name: 'spec',
    sql: ['ALTER TABLE {t} ADD PARTITION FIELD t.bucket(4, id) AS id_bucket'],
    after: declare({}, { partitionBy: [t.bucket(4, 'id')] }),
    ids: ['a', 'b', 'later'],
  },
  {
    name: 'spec-again',
    sql: [
      'ALTER TABLE {t} ADD PARTITION FIELD t.truncate(age, 10) AS old',
      'ALTER TABLE {t} ADD PARTITION FIELD t.bucket(4, id) AS id_bucket',
      'ALTER TABLE {t} DROP PARTITION FIELD old',
    ],
    after: declare({}, { partitionBy: [t.bucket(4, 'id')] }),
    ids: ['a', 'b', 'later'],
  },
  {
    name: 'schema',
    sql: ['ALTER TABLE {t} ADD COLUMN extra string'],
    after: declare({ extra: t.nullable(t.string()) }),
    ids: [...OURS, 'later'],
  },
  {
    name: 'rollback',
    sql: [INSERT, "CALL local.system.rollback_to_snapshot('{t}', {last})"],
    after: PEOPLE,
    ids: [...OURS, 'later'],
  },
  {
    name: 'retention',
    sql: [
      'ALTER TABLE {t} CREATE BRANCH audit',
      "INSERT INTO {t}.branch_audit VALUES ('audit', 4)",
      'ALTER TABLE {t} REPLACE BRANCH main AS OF VERSION {last} RETAIN 7 DAYS WITH SNAPSHOT RETENTION 5 SNAPSHOTS',
    ],
    after: PEOPLE,
    ids: [...OURS, 'later'],
  },
  {
    name: 'insert',
    sql: [INSERT, "ALTER TABLE {t} SET TBLPROPERTIES ('write.metadata.previous-versions-max'='2')"],
    after: PEOPLE,
    ids: [...OURS, 'spark', 'later'],
  },
  {
    name: 'compaction',
    sql: [
      INSERT,
      "CALL local.system.rewrite_data_files(table => '{t}', options => t.map('rewrite-all', 'true', 'min-input-files', '1'))",
    ],
    after: PEOPLE,
    ids: [...OURS, 'spark', 'later'],
  },
  {
    name: 'position-deletes',
    sql: [
      "ALTER TABLE {t} SET TBLPROPERTIES ('write.delete.mode'='merge-on-read')",
      "INSERT INTO {t} VALUES ('spark', 3), ('gone', 4)",
      "DELETE FROM {t} WHERE id = 'gone'",
    ],
    after: PEOPLE,
    ids: [...OURS, 'spark', 'later'],
  },
  {
    name: 'manifests',
    sql: ["CALL local.system.rewrite_manifests('{t}')"],
    after: PEOPLE,
    ids: [...OURS, 'later'],
  },
  {
    name: 'expiry',
    sql: [
      INSERT,
      "CALL local.system.expire_snapshots(table => '{t}', older_than => TIMESTAMP '2999-01-01 00:00:00', retain_last => 1)",
    ],
    after: PEOPLE,
    ids: [...OURS, 'spark', 'later'],
  },
]
