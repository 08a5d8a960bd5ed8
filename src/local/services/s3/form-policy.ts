/**
 * The policy of a posted form: until when it is good, and what its fields have to be.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
import { AwsError } from '../../service.ts';

export interface SizeRange {
  readonly least: number;
  readonly most: number;
}

interface Policy {
  readonly expiration: number;
  readonly conditions: readonly Condition[];
}

type Condition =
  | { readonly kind: 'eq' | 'starts-with'; readonly name: string; readonly value: string }
  | { readonly kind: 'content-length-range'; readonly range: SizeRange; readonly text: string };

const invalid = (detail: string) => new AwsError('InvalidPolicyDocument', `Invalid Policy: ${detail}`);

const denied = (detail: string) =>
  new AwsError('AccessDenied', `Invalid according to Policy: ${detail}`, 403);

/**
 * @param document the field `policy`, in base64
 * @param fields by lower-case name, with what the form's address says (bucket) and variables put in (key)
 * @returns the sizes that the file may have
 * @throws InvalidPolicyDocument, AccessDenied
 */
export function checkFormPolicy(
  document: string,
  fields: ReadonlyMap<string, string>,
  now: number,
): SizeRange | undefined {
  const { expiration, conditions } = readPolicy(document);
  if (expiration <= now) throw denied('Policy expired.');
  let range: SizeRange | undefined;
  const named = new Set<string>();
  for (const condition of conditions) {
    if (condition.kind === 'content-length-range') {
      if (Number.isNaN(condition.range.least) || Number.isNaN(condition.range.most))
        throw denied(`Policy Condition failed: ${condition.text}`);
      range = condition.range;
      continue;
    }
    const { kind, name, value } = condition;
    const field = name.startsWith('$') ? name.slice(1).toLowerCase() : undefined;
    if (field !== undefined) named.add(field);
    if (!holds(kind, field === undefined ? name : (fields.get(field) ?? ''), value, field))
      throw denied(`Policy Condition failed: ["${kind}", "${name}", "${value}"]`);
  }
  const extra = [...fields.keys()].filter((name) => !named.has(name) && !needsNoCondition(name));
  if (extra.length > 0) throw denied(`Extra input fields: ${extra.join(', ')}`);
  return range;
}

function holds(
  kind: 'eq' | 'starts-with',
  given: string,
  wanted: string,
  field: string | undefined,
): boolean {
  if (kind === 'eq') return given === wanted;
  // A list of types is held to the condition one by one.
  if (field === 'content-type' && given.includes(','))
    return given.split(',').every((one) => one.trim().startsWith(wanted));
  return given.startsWith(wanted);
}

const unconditioned: ReadonlySet<string> = new Set([
  'awsaccesskeyid',
  'bucket',
  'file',
  'policy',
  'signature',
  'x-amz-signature',
]);

const needsNoCondition = (name: string): boolean => unconditioned.has(name) || name.startsWith('x-ignore-');

function readPolicy(document: string): Policy {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(document, 'base64').toString());
  } catch {
    throw invalid('Invalid JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('Invalid JSON.');
  const unknownName = Object.keys(value).find((name) => name !== 'expiration' && name !== 'conditions');
  if (!('expiration' in value)) throw invalid('Policy missing expiration.');
  if (!('conditions' in value)) throw invalid('Policy missing conditions.');
  if (unknownName !== undefined) throw invalid(`Unexpected: '${unknownName}'`);
  const { expiration, conditions } = value;
  if (typeof expiration !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(expiration))
    throw invalid(`Invalid 'expiration' value: '${String(expiration)}'`);
  if (!Array.isArray(conditions)) throw invalid('Invalid conditions.');
  return { expiration: Date.parse(expiration), conditions: conditions.map(readCondition) };
}

function readCondition(condition: unknown): Condition {
  if (typeof condition !== 'object' || condition === null) throw invalid('Invalid Condition.');
  if (!Array.isArray(condition)) {
    const [entry, ...more] = Object.entries(condition);
    if (!entry || more.length > 0)
      throw invalid('Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.');
    return { kind: 'eq', name: `$${entry[0]}`, value: textOf(entry[1]) };
  }
  const [kind, first, second] = condition;
  if (condition.length !== 3) throw invalid('Invalid Condition: wrong number of arguments.');
  if (kind === 'content-length-range')
    return {
      kind,
      range: { least: numberOf(first), most: numberOf(second) },
      text: `["${kind}", "${String(first)}", "${String(second)}"]`,
    };
  if (kind !== 'eq' && kind !== 'starts-with')
    throw invalid(`Invalid Condition: unknown operation '${String(kind)}'.`);
  return { kind, name: textOf(first), value: textOf(second) };
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw invalid('Invalid Condition: values must be strings.');
  return value;
}

const numberOf = (value: unknown): number =>
  typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
