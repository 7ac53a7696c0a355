import { expect, test } from 'vitest'
import { placeTable } from '../../src/scan/hash-table.ts'
import { createImage } from '../../src/scan/image.ts'
import { PROGRAM_AT } from '../../src/scan/memory-layout.ts'

/** The longest run of entries without a gap: the most comparisons that a look-up needs. */
function longestRun(strings: readonly string[]): number {
  const image = createImage()
  const at = placeTable(image, new Map(strings.map((text) => [text, 0])), () => 1) - PROGRAM_AT
  const words = image.words.subarray(at / 4, image.sizeBytes / 4)
  let longest = 0
  let run = 0
  for (let entry = 4; entry < words.length; entry += 8) {
    run = words[entry] === 0 ? 0 : run + 1
    longest = Math.max(longest, run)
  }
  return longest
}

const many = (name: (index: number) => string): string[] => Array.from({ length: 1000 }, (_, index) => name(index))

test('keys of an event are looked up at once', () => {
  expect(longestRun(['eventType', 'mail', 'open', 'click', 'timestamp', 'messageId', 'source', 'tags'])).toBeLessThan(9)
})

test.each([
  ['numbers at the end', many((index) => `com.example.type-${10_000 + index}`)],
  ['numbers in the middle', many((index) => `com.example.${10_000 + index}.type`)],
  ['short numbers', many((index) => `t${index}`)],
  ['numbers at the beginning', many((index) => `${10_000 + index}.type.example.com`)],
])('a thousand strings with %s are spread over their table', (_, strings) => {
  expect(longestRun(strings)).toBeLessThan(100)
})
