import type { GeneratedEvent, GenerateOptions } from './event.ts'
import { createFeedback, FEEDBACK_RATE } from './feedback.ts'
import { createInteraction } from './interaction.ts'
import { createMail, DOMAINS } from './mail.ts'
import { createRandom, pick, type Random } from './random.ts'

const START_MS = Date.UTC(2026, 0, 12, 6)
const SPAN_MS = 5 * 24 * 3600 * 1000
const OPEN_RATE = 0.45
const CLICK_RATE = 0.35

/** An open or a click that is due some sends later. */
interface Pending {
  readonly eventType: 'Open' | 'Click'
  readonly mail: object
}

/** An endless series of sends; the opens and clicks that are due come before each. */
export function* simulate({ count, seed, events }: GenerateOptions): Generator<GeneratedEvent> {
  const random = createRandom(seed)
  // A separate generator, so that Send, Open and Click events are the same with and without the other types.
  const randomFeedback = events === 'all' ? createRandom(seed + 1) : undefined
  const perSend = 1 + OPEN_RATE * (1 + CLICK_RATE) + (randomFeedback === undefined ? 0 : FEEDBACK_RATE)
  const sends = Math.max(1, Math.ceil(count / perSend))
  const stepMs = SPAN_MS / sends
  const pending = new Map<number, Pending[]>()
  const plan = (step: number, event: Pending): void => {
    pending.set(step, [...(pending.get(step) ?? []), event])
  }
  for (let step = 0; ; step++) {
    const atMs = START_MS + step * stepMs
    for (const { eventType, mail } of pending.get(step) ?? []) {
      yield createInteraction(eventType, mail, atMs, random)
      if (eventType === 'Open' && random() < CLICK_RATE)
        plan(step + 1 + Math.floor(random() * 3), { eventType: 'Click', mail })
    }
    pending.delete(step)
    const domain = randomFeedback === undefined ? DOMAINS[0] : pick(DOMAINS, randomFeedback())
    const { mail, to } = createMail({ step, atMs, domain }, random)
    yield { eventType: 'Send', mail, send: {} } as GeneratedEvent
    if (randomFeedback !== undefined) {
      yield* createFeedback(mail, to, atMs + Math.floor(stepMs * randomFeedback()), randomFeedback)
    }
    if (random() < OPEN_RATE) plan(step + delaySteps(sends, random), { eventType: 'Open', mail })
  }
}

/** Most readers open a message soon, some a day later. */
function delaySteps(sends: number, random: Random): number {
  return 1 + Math.floor(-Math.log(1 - random()) * sends * 0.05)
}
