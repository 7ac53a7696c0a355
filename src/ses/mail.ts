/** Tags of a message or a link: a list of values for each name. SES adds `ses:…` tags, such as `ses:tenant-name`. */
export interface SesTags {
  readonly [name: string]: readonly string[]
}

/** One header of a message as it was sent. Names may be in upper or lower case, and may repeat. */
export interface SesHeader {
  readonly name: string
  readonly value: string
}

/** The common headers, parsed by SES. */
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
 * The message that an event is about. Only its id and time are always present: Open and Click events have no `sourceArn`,
 * some events have no headers, feedback notifications have no tags.
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html
 */
export interface SesMail {
  readonly messageId: string
  /** When the message was sent: ISO 8601, milliseconds, UTC. */
  readonly timestamp: string
  readonly source?: string | null | undefined
  readonly sourceArn?: string | null | undefined
  readonly sendingAccountId?: string | null | undefined
  /** All recipients, including Cc and Bcc. */
  readonly destination?: readonly string[] | null | undefined
  /** A string in AWS's table of fields, a boolean in its examples. */
  readonly headersTruncated?: boolean | string | null | undefined
  readonly headers?: readonly SesHeader[] | null | undefined
  readonly commonHeaders?: SesCommonHeaders | null | undefined
  readonly tags?: SesTags | null | undefined
}
