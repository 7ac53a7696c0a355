/** What reads unchecked JSON by hand has no types. */
// biome-ignore lint/suspicious/noExplicitAny: the loops by hand trust their events, as people's do
export type Json = any
