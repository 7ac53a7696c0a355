/** Tags of a message or a link: each name with its list of values. */
export interface SesTags {
  readonly [name: string]: readonly string[]
}

/** One header of a message as it was sent. Names come in any case, and more than once. */
export interface SesHeader {
  readonly name: string
  readonly value: string
}

/** The headers that SES itself has read. */
export interface SesCommonHeaders {
  readonly from?: readonly string[] | null | undefined
  readonly to?: readonly string[] | null | undefined
  readonly cc?: readonly string[] | null | undefined
  readonly bcc?: readonly string[] | null | undefined
  readonly replyTo?: readonly string[] | null | undefined
  readonly messageId?: string | null | undefined
  readonly subject?: string | null | undefined
  readonly date?: string | null | undefined
}

/**
 * The message that an event is about. Only its id and time are always there: Open and Click come without `sourceArn`,
 * some events without headers, feedback without tags.
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html
 */
export interface SesMail {
  readonly messageId: string
  /** When the message was sent: ISO 8601, milliseconds, UTC. */
  readonly timestamp: string
  readonly source?: string | null | undefined
  readonly sourceArn?: string | null | undefined
  readonly sendingAccountId?: string | null | undefined
  /** All recipients, also those of Cc and Bcc. */
  readonly destination?: readonly string[] | null | undefined
  /** AWS's table says a string, its examples a boolean. */
  readonly headersTruncated?: boolean | string | null | undefined
  readonly headers?: readonly SesHeader[] | null | undefined
  readonly commonHeaders?: SesCommonHeaders | null | undefined
  readonly tags?: SesTags | null | undefined
}
