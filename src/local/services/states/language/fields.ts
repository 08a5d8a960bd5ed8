/** Which fields a state of each type has, in which query language, and what they take. */

/** `path` may select anything, `reference` one place. `template` may hold paths or expressions, `number` an expression. */
export type FieldKind =
  | 'text'
  | 'json'
  | 'path'
  | 'reference'
  | 'template'
  | 'object'
  | 'list'
  | 'number'
  | 'boolean'
  | 'timestamp'
  | 'expression-or-text';

interface Field {
  readonly kind: FieldKind;
  readonly only?: 'JSONPath' | 'JSONata';
}

type Fields = Readonly<Record<string, Field>>;

const any: Fields = {
  Type: { kind: 'text' },
  Comment: { kind: 'text' },
  QueryLanguage: { kind: 'text' },
};
const paths: Fields = {
  InputPath: { kind: 'path', only: 'JSONPath' },
  OutputPath: { kind: 'path', only: 'JSONPath' },
  Output: { kind: 'template', only: 'JSONata' },
};
const assign: Fields = { Assign: { kind: 'template' } };
const next: Fields = { Next: { kind: 'text' }, End: { kind: 'boolean' } };
const working: Fields = {
  Parameters: { kind: 'template', only: 'JSONPath' },
  Arguments: { kind: 'template', only: 'JSONata' },
  ResultSelector: { kind: 'template', only: 'JSONPath' },
  ResultPath: { kind: 'reference', only: 'JSONPath' },
  Retry: { kind: 'list' },
  Catch: { kind: 'list' },
};
const pathOf = { kind: 'path', only: 'JSONPath' } as const;

export const fieldsOf: Readonly<Record<string, Fields>> = {
  Pass: {
    ...any,
    ...paths,
    ...assign,
    ...next,
    Result: { kind: 'json', only: 'JSONPath' },
    ResultPath: { kind: 'reference', only: 'JSONPath' },
    Parameters: { kind: 'template', only: 'JSONPath' },
  },
  Task: {
    ...any,
    ...paths,
    ...assign,
    ...next,
    ...working,
    Resource: { kind: 'text' },
    TimeoutSeconds: { kind: 'number' },
    TimeoutSecondsPath: pathOf,
    HeartbeatSeconds: { kind: 'number' },
    HeartbeatSecondsPath: pathOf,
    Credentials: { kind: 'template' },
  },
  Choice: { ...any, ...paths, ...assign, Choices: { kind: 'list' }, Default: { kind: 'text' } },
  Wait: {
    ...any,
    ...paths,
    ...assign,
    ...next,
    Seconds: { kind: 'number' },
    SecondsPath: pathOf,
    Timestamp: { kind: 'timestamp' },
    TimestampPath: pathOf,
  },
  Succeed: { ...any, ...paths },
  Fail: {
    ...any,
    Error: { kind: 'expression-or-text' },
    ErrorPath: pathOf,
    Cause: { kind: 'expression-or-text' },
    CausePath: pathOf,
  },
  Parallel: { ...any, ...paths, ...assign, ...next, ...working, Branches: { kind: 'list' } },
  Map: {
    ...any,
    ...paths,
    ...assign,
    ...next,
    ...working,
    Arguments: { kind: 'template', only: 'JSONata' },
    ItemsPath: pathOf,
    Items: { kind: 'template', only: 'JSONata' },
    ItemSelector: { kind: 'template' },
    ItemProcessor: { kind: 'object' },
    Iterator: { kind: 'object' },
    MaxConcurrency: { kind: 'number' },
    MaxConcurrencyPath: pathOf,
    ItemReader: { kind: 'object' },
    ItemBatcher: { kind: 'object' },
    ResultWriter: { kind: 'object' },
    Label: { kind: 'text' },
    ToleratedFailureCount: { kind: 'number' },
    ToleratedFailureCountPath: pathOf,
    ToleratedFailurePercentage: { kind: 'number' },
    ToleratedFailurePercentagePath: pathOf,
  },
};
