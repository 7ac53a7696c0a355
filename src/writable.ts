/** A type whose properties may be written: while an object is being made, by who makes it. */
export type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] }
