/** One argument of a resource. Most take a value; one with a `block` is written as a block, one with an `object` as a value. */
export interface Argument {
  readonly required?: boolean
  readonly block?: Block
  readonly object?: Block
}

/** Arguments by name. */
export interface Block {
  readonly [name: string]: Argument
}

/** What a version of the AWS provider takes, for the resources that the example uses. */
export interface ProviderSchema {
  readonly provider: string
  readonly resource: { readonly [type: string]: Block }
  readonly data: { readonly [type: string]: Block }
}
