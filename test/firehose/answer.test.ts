import { deepStrictEqual } from 'node:assert'
import { expect, it } from 'vitest'
import { okRecord } from '../../src/firehose/answer.ts'

const metadata = { otfMetadata: { destinationDatabaseName: 'db', destinationTableName: 'log' } }

it.each([
  [
    'a record of Firehose',
    { recordId: '1', data: 'e30=' },
    { recordId: '1', result: 'Ok', data: 'eyJhIjoxfQ==', metadata },
  ],
  [
    'a record of MSK',
    { recordId: '1', kafkaRecordValue: 'e30=' },
    { recordId: '1', result: 'Ok', kafkaRecordValue: 'eyJhIjoxfQ==', metadata },
  ],
])('the answer to %s is a plain object', (_, record, answer) => {
  const given = okRecord(record as never, 'eyJhIjoxfQ==', metadata)
  expect(given).toStrictEqual(answer)
  // toStrictEqual compares prototypes too, as a user's test may.
  deepStrictEqual(given, answer)
  expect(Object.keys(given)).toEqual(Object.keys(answer))
})
