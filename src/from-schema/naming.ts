/** How the keys of a schema become names of columns. */
export type Naming = 'exact' | 'snake_case'

/** The name of a column in the types. */
export type NameOf<Key extends string, Names extends Naming> = Names extends 'snake_case' ? SnakeCase<Key> : Key

/** `messageId`, `MessageID` and `message-id` become `message_id`, as {@link toSnakeCase} does. */
export type SnakeCase<Text extends string> = Walk<Text, '', 'break'>

/** The kind of the character before a letter, which decides whether a word begins. */
type Before = 'break' | 'lower' | 'upper'

type Walk<
  Text extends string,
  Done extends string,
  Previous extends Before,
> = Text extends `${infer Letter}${infer Rest}`
  ? Letter extends '-' | '_'
    ? Walk<Rest, `${Done}_`, 'break'>
    : IsUpper<Letter> extends true
      ? Walk<Rest, `${Done}${Separator<Previous, Rest>}${Lowercase<Letter>}`, 'upper'>
      : Walk<Rest, `${Done}${Letter}`, 'lower'>
  : Done

type Separator<Previous extends Before, Rest extends string> = Previous extends 'lower'
  ? '_'
  : Previous extends 'upper'
    ? BeginsLower<Rest> extends true
      ? '_'
      : ''
    : ''

type IsUpper<Letter extends string> = Letter extends Lowercase<Letter> ? false : true

type BeginsLower<Text extends string> = Text extends `${infer Letter}${string}`
  ? Letter extends Uppercase<Letter>
    ? false
    : true
  : false

/** Writes a name in snake case: a word begins at a capital after a small letter or digit, and at the last of several capitals. */
export function toSnakeCase(name: string): string {
  return name
    .replace(/-/g, '_')
    .replace(/([^\p{Lu}_])(\p{Lu})/gu, '$1_$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
    .toLowerCase()
}
