export { clickLog, toClickRow } from './click.ts'
export type {
  SesClick,
  SesClickEvent,
  SesCommonHeaders,
  SesEvent,
  SesHeader,
  SesInteraction,
  SesMail,
  SesOpenEvent,
  SesSendEvent,
  SesTags,
} from './events.ts'
export { openLog, toOpenRow } from './open.ts'
export { createSesRouter } from './router.ts'
export { sendLog, toSendRow } from './send.ts'
