/**
 * What Ref and Fn::GetAtt answer for a kept resource: of the form that AWS's schema, ARN templates and documentation
 * give, made of the resource's own unique name, so that the same resource always answers the same.
 */
import { createHash } from 'node:crypto';
import { arnFormOf } from '../../architecture/schema/arns.ts';
import type { ResourceLimits, ResourceSpec } from '../../architecture/schema/specs.ts';
import { isObject } from '../../core/is-object.ts';
import { lookup } from '../../core/lookup.ts';
import { idPrefix } from './id-prefixes.ts';

export interface Origin {
  readonly type: string;
  readonly spec: ResourceSpec;
  readonly limits: ResourceLimits;
  readonly properties: Readonly<Record<string, unknown>>;
  /** What makes it unlike all others. */
  readonly uniqueName: string;
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  /** ms since the epoch */
  readonly createdAt: number;
}

/** An attribute that is worked out in a way of its own; `value` answers the others. */
export type OwnAttribute = (origin: Origin, value: (name: string) => unknown) => unknown;

export interface Answers {
  readonly physicalId: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export function answersOf(
  origin: Origin,
  own: Readonly<Record<string, OwnAttribute>>,
  physicalId?: string,
): Answers {
  const known = new Map<string, unknown>();
  const value = (name: string): unknown => {
    if (!known.has(name)) {
      const given = at(origin.properties, name);
      known.set(name, lookup(own, name)?.(origin, value) ?? given ?? generated(origin, name, value));
    }
    return known.get(name);
  };
  const { ref, identifier = [] } = origin.spec;
  const identifiers = ref ?? identifier;
  return {
    physicalId:
      physicalId ??
      (identifiers.length > 0
        ? identifiers.map((name) => String(value(name))).join('|')
        : nameOf(origin, '')),
    attributes: Object.fromEntries(origin.spec.attributes.map((name) => [name, value(name)])),
  };
}

/** `Budget/BudgetName` or `Version.Arn` of nested values. */
function at(properties: Readonly<Record<string, unknown>>, path: string): unknown {
  let found: unknown = properties;
  for (const part of path.split(/[./]/)) found = isObject(found) ? lookup(found, part) : undefined;
  return found;
}

function generated(origin: Origin, name: string, value: (name: string) => unknown): unknown {
  const { type, spec, limits } = origin;
  switch (spec.attributeTypes?.[name]) {
    case 'list':
      return [];
    case 'json':
      return {};
    case 'boolean':
      return false;
    case 'integer':
    case 'number':
      return /Version/.test(name) ? 1 : 0;
  }
  if (spec.properties[name.split('/')[0] ?? ''] !== undefined) return unsaid(origin, name);
  const form = limits.forms?.[name];
  if (form !== undefined) return filled(form, origin, name);
  const [, typeName = ''] = /^\w+::\w+::(\w+)$/.exec(type) ?? [];
  const last = name.split(/[./]/).at(-1) ?? name;
  if (/(Arn|ARN)$/.test(last)) return arnOf(origin, name, value);
  const stem = last === 'Id' || last === 'ID' ? typeName : /^(.+?)I[dD]$/.exec(last)?.[1];
  if (/^(Aws)?Account(Id)?$|Owner(Id)?$|Owner(Account)?(Id)?$/.test(last)) return origin.accountId;
  if (stem !== undefined) return filled(`${idForm(type, stem)}`, origin, stem);
  if (/(At|Time|Timestamp|TimeStamp|Date)$/.test(last)) return new Date(origin.createdAt).toISOString();
  if (/Region$/.test(last)) return origin.region;
  if (/(Message|Reason|Error|ErrorDetails)$/.test(last)) return '';
  if (/(State|Status)$/.test(last)) return type.startsWith('AWS::EC2::') ? 'available' : 'ACTIVE';
  if (/Version$|VersionNumber$/.test(last)) return '1';
  return `${last.toLowerCase()}-${hex(origin, name, 8)}`;
}

/** What AWS answers for a property that the template leaves out: a name that it makes up, or nothing. */
const unsaid = (origin: Origin, name: string): string =>
  [...(origin.spec.identifier ?? []), ...(origin.spec.ref ?? [])].includes(name) || /Name$/.test(name)
    ? nameOf(origin, name)
    : '';

const idForm = (type: string, stem: string): string => {
  const prefix = idPrefix(type, stem);
  return prefix === undefined ? '{uuid}' : `${prefix}-{hex17}`;
};

/** As CloudFormation names what a template leaves unnamed, cut to the length and case that the type takes. */
function nameOf({ limits, uniqueName }: Origin, property: string): string {
  const { maxLength = 64, pattern } = limits.properties?.[property] ?? {};
  const name = uniqueName.slice(Math.max(0, uniqueName.length - maxLength)).replace(/^-+/, '');
  return pattern !== undefined && !pattern.includes('A-Z') && !pattern.includes('\\w')
    ? name.toLowerCase()
    : name;
}

/** Its own ARN, after AWS's template of the type, or that of something which belongs to it. */
function arnOf(origin: Origin, name: string, value: (name: string) => unknown): string {
  const { type, spec, region, accountId, partition } = origin;
  const [, namespace = '', typeName = ''] = type.split('::');
  const stem = name.replace(/[./]/g, '').replace(/(Arn|ARN)$/, '');
  const isOwn = stem === '' || stem === typeName || spec.identifier?.includes(name) === true;
  const others = (spec.identifier ?? []).filter((one) => one !== name && !/arn$/i.test(one));
  const chosen = ['Name', `${typeName}Name`].find((one) => origin.properties[one] !== undefined);
  const own = others.at(-1) ?? chosen;
  const last = isOwn
    ? String(own === undefined ? filled('{uuid}', origin, name) : value(own))
    : hex(origin, name, 17);
  const form = (isOwn && arnFormOf(type)) || `${namespace.toLowerCase()}:R:A:${kebab(stem || typeName)}/N`;
  const text = form
    .replace(/\bR\b/, region)
    .replace(/\bA\b/, accountId)
    .replace(/\bN\b/, () => last);
  return `arn:${partition}:${text}`;
}

const kebab = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();

/** `vpce-{hex17}`, `{uuid}`, `{upper10}` … as scripts/resource-limits.mjs writes them. */
function filled(form: string, origin: Origin, name: string): string {
  return form.replace(/\{([a-z]+)(\d*)\}/g, (part, kind: string, length: string) => {
    const text = hex(origin, name, Number(length) || 32);
    switch (kind) {
      case 'uuid':
        return [
          text.slice(0, 8),
          text.slice(8, 12),
          `4${text.slice(13, 16)}`,
          `a${text.slice(17, 20)}`,
          text.slice(20),
        ].join('-');
      case 'account':
        return origin.accountId;
      case 'time':
        return new Date(origin.createdAt).toISOString();
      case 'hex':
        return text;
      case 'digits':
        return text.replace(/[a-f]/g, (letter) => String(letter.charCodeAt(0) - 96));
      case 'upper':
        return text.replace(/\d/g, (digit) => String.fromCharCode(71 + Number(digit))).toUpperCase();
      default:
        return part;
    }
  });
}

/** The first digit is not 0 to 9 only by chance: ids of AWS's start with 0 since they are 17 digits long. */
export function hex({ type, uniqueName }: Origin, name: string, length: number): string {
  const digits = createHash('sha256').update(`${type} ${uniqueName} ${name}`).digest('hex');
  return length === 17 ? `0${digits.slice(0, 16)}` : digits.slice(0, length);
}
