// Writes what AWS's registry schemas say of the values of resource types (enumerations, patterns, lengths, ranges), of
// the form that read-only attributes have, and which calls read a resource, into src/architecture/schema/limits. The
// schemas come with cfn-lint (MIT-0); the CDK's specification, from which scripts/resource-specs.mjs takes the rest, has
// none of it. Run by hand when that specification has new types:
//   pip download cfn-lint --no-deps && unzip cfn_lint-*.whl -d cfn-lint && node scripts/resource-limits.mjs cfn-lint
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib.mjs';

const schemas = join(process.argv[2] ?? '', 'cfnlint/data/schemas');
if (!process.argv[2] || !existsSync(join(schemas, 'version.json'))) {
  console.error(
    'usage: node scripts/resource-limits.mjs <folder into which the wheel of cfn-lint was unpacked>',
  );
  process.exit(2);
}
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Of several regions, us-east-1's is the one that counts. */
const schemaFiles = {};
for (const region of [...readdirSync(join(schemas, 'providers')).sort(), 'us-east-1.json'])
  if (region !== 'sam.json') Object.assign(schemaFiles, read(join(schemas, 'providers', region)));

const copied = [
  ...['enum', 'enumCaseInsensitive', 'const', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum'],
  ...['exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minItems', 'maxItems', 'uniqueItems'],
];
/** They hold for every value. */
const empty = (keyword, value) =>
  value === false ||
  (value === 0 && /^(minLength|minItems)$/.test(keyword)) ||
  (keyword === 'pattern' && /^\^?(\(\?s\))?(\.|\[\\s\\S\])\*\$?$/.test(value));

function limitsOf(node) {
  const made = {};
  for (const keyword of copied)
    if (node[keyword] !== undefined && !empty(keyword, node[keyword])) made[keyword] = node[keyword];
  return made;
}

/** One of several groups of properties is required: `oneOf: [['A'], ['B', 'C']]`. */
function groupsOf(node) {
  const made = {};
  for (const keyword of ['oneOf', 'anyOf']) {
    const groups = node[keyword];
    if (
      groups?.every(
        (one) => one.required && Object.keys(one).every((key) => key === 'required' || key === 'title'),
      )
    )
      made[keyword] = groups.map((one) => one.required);
  }
  return made;
}

function compile(type, spec) {
  const schema = read(join(schemas, 'resources', `${schemaFiles[type]}.json`));
  const resolve = (node) => {
    let found = node;
    for (let depth = 0; found?.$ref && depth < 20; depth++) {
      const { $ref, ...own } = found;
      let target = schema;
      for (const part of $ref.slice(2).split('/')) target = target?.[part];
      found = { ...target, ...own };
    }
    return found ?? {};
  };
  const definitions = {};
  /** @returns the limits of a value of the specification's type, as the schema's node has them */
  function value(specType, node) {
    const found = resolve(node);
    const made = limitsOf(found);
    const list = /^list<(.*)>$/.exec(specType)?.[1];
    if (list !== undefined) {
      const items = value(list, found.items);
      if (items) made.items = items;
    } else if (/^map</.test(specType)) {
      const [of] = Object.values(found.patternProperties ?? {});
      value(specType.slice(4, -1), of);
    } else if (specType.startsWith('#')) structure(specType.slice(1), found);
    return Object.keys(made).length > 0 ? made : undefined;
  }
  function structure(name, node) {
    if (definitions[name]) return;
    definitions[name] = {};
    Object.assign(definitions[name], fields(spec.definitions?.[name] ?? {}, node));
  }
  function fields(known, node) {
    const properties = {};
    for (const [name, declared] of Object.entries(known)) {
      const found = value(declared.split(' ')[0], node.properties?.[name]);
      if (found) properties[name] = found;
    }
    const groups = groupsOf(node);
    return {
      ...(Object.keys(properties).length > 0 ? { properties } : {}),
      ...groups,
    };
  }
  const own = fields(spec.properties, schema);
  const said = Object.entries(definitions).filter(([, one]) => Object.keys(one).length > 0);
  const forms = Object.fromEntries(
    spec.attributes.flatMap((name) => {
      const form = formOf(name, attributeNode(name, schema, resolve));
      return form === undefined ? [] : [[name, form]];
    }),
  );
  const { read: reading, list, create } = schema.handlers ?? {};
  const reads = [...(reading?.permissions ?? []), ...(list?.permissions ?? [])];
  const paths = (pointers = []) => pointers.map((one) => one.replace('/properties/', ''));
  return {
    ...own,
    ...(said.length > 0 ? { definitions: Object.fromEntries(said) } : {}),
    ...(Object.keys(forms).length > 0 ? { forms } : {}),
    ...(reads.length > 0 ? { reads: [...new Set(reads)].sort() } : {}),
    ...(create ? {} : { unprovisionable: true }),
    ...(schema.writeOnlyProperties ? { writeOnly: paths(schema.writeOnlyProperties) } : {}),
  };
}

/** `Endpoint.Address` is nested in the schema. */
function attributeNode(name, schema, resolve) {
  let node = schema;
  for (const part of name.split('.')) node = resolve(resolve(node).properties?.[part]);
  return node;
}

const hash = createHash('sha512').update('form').digest('hex');
const digits = (length) => hash.replace(/[a-f]/g, '7').slice(0, length);
/** What may stand in a form, with an example that a pattern can be tried on. The run-time part is attribute-values.ts. */
const parts = {
  '{uuid}': '0f6e2c5a-31d4-4b7e-9c1a-2f4d6e8a0b1c',
  ...Object.fromEntries(
    [6, 7, 8, 10, 12, 16, 17, 20, 26, 32, 40, 64].flatMap((length) => [
      [`{hex${length}}`, hash.slice(0, length)],
      [`{digits${length}}`, digits(length)],
      [`{upper${length}}`, hash.slice(0, length).replace(/\d/g, 'Q').toUpperCase()],
    ]),
  ),
};
const others = { '{account}': '123456789012', '{time}': '2026-01-01T00:00:00.000Z' };
const example = (form) => form.replace(/\{\w+\}/g, (part) => parts[part] ?? others[part] ?? part);

/** The form of an attribute's values, taken from AWS's pattern or enumeration; undefined when neither says enough. */
function formOf(name, node) {
  if (node.enum) return wanted(node.enum);
  if (
    node.type !== 'string' ||
    node.pattern === undefined ||
    /arn$/i.test(name) ||
    /^\^?\(?arn/.test(node.pattern)
  )
    return undefined;
  let pattern;
  try {
    pattern = new RegExp(node.pattern, node.pattern.includes('\\p') ? 'u' : '');
  } catch {
    return undefined;
  }
  // `^vpce-[0-9a-f]{17}$`: whatever stands before the first class.
  const prefix = /^\^?\(?([A-Za-z][A-Za-z0-9]*[-_/])[[(\\]/.exec(node.pattern)?.[1] ?? '';
  const fits = (form) =>
    pattern.test(example(form)) &&
    example(form).length >= (node.minLength ?? 0) &&
    example(form).length <= (node.maxLength ?? Number.POSITIVE_INFINITY);
  const time = /(At|Time|Timestamp|Date)$/.test(name) ? ['{time}'] : [];
  const account = /(Account|Owner)/.test(name) ? ['{account}'] : [];
  return [...time, ...account, ...Object.keys(parts)].map((part) => prefix + part).find(fits);
}

/** Of the states that a resource can be in, the one it has when nothing went wrong. */
function wanted(values) {
  const good =
    /^(active|available|enabled|ready|created|completed?|succeeded|in_?service|running|verified|deployed|ok)$/i;
  const found = values.find((one) => good.test(String(one))) ?? values[0];
  return String(found);
}

const target = join(root, 'src/architecture/schema/limits');
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
let without = 0;
for (const file of readdirSync(join(root, 'src/architecture/schema/specs'))) {
  const specs = read(join(root, 'src/architecture/schema/specs', file));
  const lines = [];
  for (const [type, spec] of Object.entries(specs)) {
    if (!schemaFiles[type]) without++;
    else lines.push(`${JSON.stringify(type)}:${JSON.stringify(compile(type, spec))}`);
  }
  if (lines.length > 0) writeFileSync(join(target, file), `{\n${lines.join(',\n')}\n}\n`);
}
writeFileSync(
  join(target, 'source.gen.json'),
  `${JSON.stringify({ source: 'cfn-lint', date: read(join(schemas, 'version.json')).schema_date.slice(0, 10) })}\n`,
);
console.error(`${without} types have no schema there`);
