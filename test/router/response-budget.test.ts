import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FirehoseResponseRecord } from '../../src/firehose/response.ts'
import {
  addAnswer,
  bareAnswer,
  createResponseBudget,
  fitBudget,
  isTooLarge,
  isWithinBudget,
  type ResponseBudget,
  ROW_BYTES,
  replaceAnswer,
  replaceIfFits,
  sizeBytesOf,
} from '../../src/router/budget.ts'
import { runs } from '../support/runs.ts'

const metadata = {
  otfMetadata: { destinationDatabaseName: 'db', destinationTableName: 't', operation: 'insert' },
} as const
const row = (recordId: string, length: number): FirehoseResponseRecord => {
  return { recordId, result: 'Ok', data: 'x'.repeat(length), metadata }
}
const bytesOf = (records: readonly FirehoseResponseRecord[]): number => Buffer.byteLength(JSON.stringify({ records }))

function responseOf(answers: readonly FirehoseResponseRecord[], budgetBytes: number): ResponseBudget {
  const response = createResponseBudget(budgetBytes, answers.length)
  for (const [index, answer] of answers.entries()) addAnswer(response, index, answer)
  return response
}

const controls = fc.array(fc.nat(31), { maxLength: 40 }).map((codes) => String.fromCharCode(...codes))

/** Ids of every length, and with every character: those that JSON escapes take six bytes, others up to three. */
const ids = fc.array(fc.oneof(fc.string({ unit: 'binary' }), controls), {
  maxLength: 20,
})

describe('the size of a response', () => {
  it('is what JSON takes, and within a budget of exactly that', () => {
    fc.assert(
      fc.property(ids, fc.nat(40), (all, length) => {
        const answers = all.map((id) => row(id, length))
        const exact = bytesOf(answers)
        expect(sizeBytesOf(responseOf(answers, 0))).toBe(exact)
        expect(isWithinBudget(responseOf(answers, exact))).toBe(true)
        expect(isWithinBudget(responseOf(answers, exact - 1))).toBe(false)
      }),
      { numRuns: runs(2000, 200) },
    )
  })

  it('counts ids of control characters that end just below the budget', () => {
    const answers = Array.from({ length: 50 }, (_, index) => row('\u0001'.repeat(index), 10))
    const exact = bytesOf(answers)
    expect(isWithinBudget(responseOf(answers, exact))).toBe(true)
    for (const missing of [1, 2, 100, 1000]) expect(isWithinBudget(responseOf(answers, exact - missing))).toBe(false)
  })

  it('does not measure ids if they fit in any case, to the byte', () => {
    const response = responseOf([row('a', 10), row('bc', 10)], 0)
    // Six bytes for each of three characters, three around each id, and the frame.
    const atMostBytes = response.bodyBytes + 3 * 6 + 2 * 3 + '{"records":[]}'.length
    const fits = { ...response, budgetBytes: atMostBytes }
    expect([isWithinBudget(fits), fits.frameBytes]).toEqual([true, undefined])
    const measured = { ...response, budgetBytes: atMostBytes - 1 }
    expect([isWithinBudget(measured), measured.frameBytes]).toEqual([
      true,
      bytesOf([row('a', 10), row('bc', 10)]) - response.bodyBytes,
    ])
  })

  it('of a row is known without printing it', () => {
    const { metadata: _, ...answer } = row('', 0) as { metadata: unknown }
    expect(ROW_BYTES).toBe(JSON.stringify(answer).length - '""'.length)
  })

  it('takes the size of the metadata if that is known', () => {
    const response = createResponseBudget(0, 1)
    addAnswer(response, 0, row('a', 0), 1000)
    expect(response.bodyBytes).toBe(ROW_BYTES + 1000)
  })
})

describe('an answer that takes the place of another', () => {
  const small = bareAnswer({ recordId: 'a' })
  const response = (budgetBytes: number): ResponseBudget => responseOf([small, row('b', 10)], budgetBytes)
  const large = row('a', 100)
  const exact = bytesOf([large, row('b', 10)])

  it('is taken if the response is then just its budget, and not at one byte more', () => {
    const fits = response(exact)
    expect(replaceIfFits(fits, 0, large)).toBe(true)
    expect([fits.answers[0], sizeBytesOf(fits)]).toEqual([large, exact])
    const full = response(exact - 1)
    const before = sizeBytesOf(full)
    expect(replaceIfFits(full, 0, large)).toBe(false)
    expect([full.answers[0], sizeBytesOf(full)]).toEqual([small, before])
  })

  it('is taken whatever its size if that is asked for', () => {
    const full = response(0)
    replaceAnswer(full, 0, large)
    expect([full.answers[0], sizeBytesOf(full)]).toEqual([large, exact])
  })

  it('alone is too large from one byte over the budget on', () => {
    const alone = bytesOf([large])
    expect(isTooLarge(response(alone), large)).toBe(false)
    expect(isTooLarge(response(alone - 1), large)).toBe(true)
  })
})

describe('answers that have to give way', () => {
  const all = [row('a', 10), row('b', 30), row('c', 20), row('d', 30)]
  /** The indices that give way to keep a budget, in order. */
  function yielded(budgetBytes: number, mayYield: (index: number) => boolean = () => true): number[] {
    const response = responseOf(all, budgetBytes)
    const order: number[] = []
    fitBudget(response, mayYield, (index) => order.push(index))
    for (const index of order) expect(response.answers[index]).toEqual(bareAnswer(all[index] as { recordId: string }))
    expect(sizeBytesOf(response)).toBe(bytesOf(response.answers))
    return order
  }
  const bytesAfter = (...indices: number[]): number =>
    bytesOf(all.map((answer, index) => (indices.includes(index) ? bareAnswer(answer) : answer)))

  it('are those that free most, of two the later one, and no more than necessary', () => {
    expect(yielded(bytesAfter())).toEqual([])
    expect(yielded(bytesAfter() - 1)).toEqual([3])
    expect(yielded(bytesAfter(3))).toEqual([3])
    expect(yielded(bytesAfter(3) - 1)).toEqual([3, 1])
    expect(yielded(bytesAfter(3, 1) - 1)).toEqual([3, 1, 2])
    expect(yielded(0)).toEqual([3, 1, 2, 0])
  })

  it('are candidates', () => {
    expect(yielded(0, (index) => index % 2 === 0)).toEqual([2, 0])
  })

  it('are none that free nothing', () => {
    const response = responseOf([{ recordId: 'a', result: 'Dropped' }, bareAnswer({ recordId: 'b' }), row('c', 5)], 0)
    const order: number[] = []
    fitBudget(
      response,
      () => true,
      (index) => order.push(index),
    )
    expect(order).toEqual([2])
    fitBudget(response, (index) => index === 2)
    expect(response.answers[0]?.result).toBe('Dropped')
  })
})
