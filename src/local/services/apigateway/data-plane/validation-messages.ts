/**
 * The words in which API Gateway's JSON schema validator says what is wrong, put together from ajv's errors.
 * API Gateway runs the Java validator json-schema-validator (https://github.com/java-json-tools/json-schema-validator);
 * its page on model validation shows the form: https://repost.aws/knowledge-center/api-gateway-map-request-data
 */
import type { ErrorObject } from 'ajv';

const quoted = (values: readonly unknown[]) => JSON.stringify(values);

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

/** An integer is a number too, and the validator lists both. */
const allowedTypes = (type: string | readonly string[]) =>
  [...new Set([type].flat().flatMap((one) => (one === 'number' ? ['integer', 'number'] : [one])))].sort();

const words: Readonly<Record<string, (error: ErrorObject, value: never) => string>> = {
  type: (error, value) =>
    `instance type (${typeName(value)}) does not match any allowed primitive type (allowed: ${quoted(allowedTypes(error.schema as string | string[]))})`,
  required: (error) => `object has missing required properties (${quoted([error.params.missingProperty])})`,
  enum: (error, value) =>
    `instance value (${JSON.stringify(value)}) not found in enum (possible values: ${quoted(error.params.allowedValues as unknown[])})`,
  minimum: (error, value) =>
    error.params.comparison === '>'
      ? `numeric instance is not strictly greater than the required minimum ${error.params.limit}`
      : `numeric instance is lower than the required minimum (minimum: ${error.params.limit}, found: ${value})`,
  maximum: (error, value) =>
    error.params.comparison === '<'
      ? `numeric instance is not strictly lower than the required maximum ${error.params.limit}`
      : `numeric instance is greater than the required maximum (maximum: ${error.params.limit}, found: ${value})`,
  multipleOf: (error, value) => `remainder of division is not zero (${value} / ${error.params.multipleOf})`,
  minLength: (error, value: string) =>
    `string ${JSON.stringify(value)} is too short (length: ${[...value].length}, required minimum: ${error.params.limit})`,
  maxLength: (error, value: string) =>
    `string ${JSON.stringify(value)} is too long (length: ${[...value].length}, maximum allowed: ${error.params.limit})`,
  pattern: (error, value) =>
    `ECMA 262 regex ${JSON.stringify(error.params.pattern)} does not match input string ${JSON.stringify(value)}`,
  minItems: (error, value: unknown[]) =>
    `array is too short: must have at least ${error.params.limit} elements but instance has ${value.length} elements`,
  maxItems: (error, value: unknown[]) =>
    `array is too long: must have at most ${error.params.limit} elements but instance has ${value.length} elements`,
  additionalItems: (error, value: unknown[]) =>
    `additional items are not allowed (found ${value.length - Number(error.params.limit)} elements)`,
  uniqueItems: () => 'array must not contain duplicate elements',
  minProperties: (error, value) =>
    `object has too few properties (found ${Object.keys(value).length} but schema requires at least ${error.params.limit})`,
  maxProperties: (error, value) =>
    `object has too many properties (found ${Object.keys(value).length} but schema requires at most ${error.params.limit})`,
  additionalProperties: (error) =>
    `object instance has properties which are not allowed by the schema: ${quoted([error.params.additionalProperty])}`,
  format: (error, value) =>
    `string ${JSON.stringify(value)} is invalid against requested format ${error.params.format}`,
  anyOf: (error) =>
    `instance failed to match at least one required schema among ${(error.schema as unknown[]).length}`,
  oneOf: (error) =>
    `instance failed to match exactly one schema (matched ${(error.params.passingSchemas as unknown[] | null)?.length ?? 0} out of ${(error.schema as unknown[]).length})`,
  not: () => 'instance matched a schema which it should not have',
};

/** Enough to mend by, and no answer larger than its request. */
const maxMessages = 20;

/** `[object has missing required properties (["end"])]` */
export function validationErrorString(errors: readonly ErrorObject[]): string {
  // Members are looked into only when their container is right.
  const broken = new Set(errors.map((error) => error.instancePath));
  const inBroken = (path: string) => {
    for (let end = path.lastIndexOf('/'); end >= 0; end = path.lastIndexOf('/', end - 1)) {
      if (broken.has(path.slice(0, end))) return true;
      if (end === 0) return false;
    }
    return false;
  };
  // Branches of anyOf and oneOf are summed up by their own message.
  const shown = errors.filter(
    (error) => !inBroken(error.instancePath) && !/\/(?:anyOf|oneOf)\/\d+/.test(error.schemaPath),
  );
  // Several missing or several unknown properties of one object are one message.
  const missing = new Map<string, { error: ErrorObject; names: string[] }>();
  const messages: string[] = [];
  for (const error of shown) {
    const listed = { required: 'missingProperty', additionalProperties: 'additionalProperty' }[error.keyword];
    if (listed !== undefined) {
      const key = `${error.keyword} ${error.instancePath}`;
      const group = missing.get(key);
      const name = String((error.params as Record<string, unknown>)[listed]);
      if (group) group.names.push(name);
      else missing.set(key, { error, names: [name] });
      continue;
    }
    messages.push(words[error.keyword]?.(error, error.data as never) ?? error.message ?? error.keyword);
  }
  for (const { error, names } of missing.values())
    messages.push(
      error.keyword === 'required'
        ? `object has missing required properties (${quoted(names.sort())})`
        : `object instance has properties which are not allowed by the schema: ${quoted(names.sort())}`,
    );
  return `[${messages.slice(0, maxMessages).join(', ')}]`;
}
