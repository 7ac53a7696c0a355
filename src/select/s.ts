// The sources of a select under one name, with their types: `s.firstOf('note', 'id')`, `s.ElementSource`.

export {
  type Combinator,
  type ConstantSource,
  constant,
  type DefaultSource,
  type ElementOptions,
  type ElementSource,
  element,
  type FirstSource,
  firstOf,
  type JoinSource,
  type JsonSource,
  joined,
  jsonText,
  type MetadataName,
  type MetadataSource,
  metadata,
  orElse,
  type PathSource,
  path,
  type Source,
} from './source.ts'
