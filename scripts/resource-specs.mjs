// Writes what AWS's own resource specification says into src/architecture/schema: specs/<namespace>.gen.json has each of
// its resource types, arns.gen.json the form of the ARN, and the attributes that are lists, of every type. `--check` only
// compares.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';

const db = await loadAwsServiceSpec();

/** `string`, `list<X>`, `map<X>`, `#Definition`, `a|b`. */
function typeName(type, use) {
  switch (type.type) {
    case 'array':
      return `list<${typeName(type.element, use)}>`;
    case 'map':
      return `map<${typeName(type.element, use)}>`;
    case 'union':
      return [...new Set(type.types.map((one) => typeName(one, use)))].join('|');
    case 'ref':
      return `#${use(type.reference.$ref)}`;
    case 'date-time':
    case 'null':
    case 'tag':
      return type.type === 'tag' ? 'json' : 'string';
    default:
      return type.type;
  }
}

/** Type, then what differs from an optional property that is updated in place. */
const property = (one, use) =>
  [
    typeName(one.type, use),
    one.required ? 'required' : '',
    one.causesReplacement === 'yes' ? 'immutable' : one.causesReplacement === 'maybe' ? 'conditional' : '',
  ]
    .filter(Boolean)
    .join(' ');

const sorted = (entries) => Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));

function describe(resource) {
  const definitions = new Map();
  const use = (ref) => {
    const definition = db.get('typeDefinition', ref);
    if (!definitions.has(definition.name)) {
      definitions.set(definition.name, {});
      definitions.set(definition.name, properties(definition.properties));
    }
    return definition.name;
  };
  const properties = (all) => sorted(Object.entries(all).map(([name, one]) => [name, property(one, use)]));
  const own = properties(resource.properties);
  const attributeTypes = new Map(
    Object.entries(resource.attributes)
      .map(([name, { type }]) => [
        name,
        { array: 'list', ref: 'json', map: 'json', union: 'json' }[type.type] ?? type.type,
      ])
      .filter(([, type]) => type !== 'string' && type !== 'date-time')
      .sort(),
  );
  return {
    properties: own,
    ...(definitions.size > 0 ? { definitions: sorted(definitions) } : {}),
    attributes: Object.keys(resource.attributes).sort(),
    ...(attributeTypes.size > 0 ? { attributeTypes: Object.fromEntries(attributeTypes) } : {}),
    ...(resource.primaryIdentifier ? { identifier: resource.primaryIdentifier } : {}),
    ...(resource.cfnRefIdentifier ? { ref: resource.cfnRefIdentifier } : {}),
    ...(resource.tagInformation ? { tags: resource.tagInformation.tagPropertyName } : {}),
    ...(resource.additionalReplacementProperties
      ? { immutablePaths: resource.additionalReplacementProperties.map((path) => path.join('/')) }
      : {}),
  };
}

/** `AWS::EC2::VPC` → `AWS-EC2`: no file name has colons on Windows. */
const namespaceFile = (type) => type.split('::').slice(0, 2).join('-');

const byNamespace = new Map();
for (const one of db.all('resource')) {
  const name = namespaceFile(one.cloudFormationType);
  if (!byNamespace.has(name)) byNamespace.set(name, []);
  byNamespace.get(name).push([one.cloudFormationType, describe(one)]);
}

/** `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}` → `sqs:R:A:N`; one that takes several names is left out. */
function arnForm(template) {
  const form = template
    ?.replace(/^arn:\$\{Partition\}:/, '')
    .replace(/\$\{Region\}/, 'R')
    .replace(/\$\{Account\}/, 'A');
  return form?.match(/\$\{/g)?.length === 1 ? form.replace(/\$\{\w+\}/, 'N') : undefined;
}

const arns = sorted(
  [...db.all('resource')].flatMap((one) => {
    const arn = arnForm(one.arnTemplate);
    const lists = Object.entries(one.attributes)
      .filter(([name, { type }]) => type.type === 'array' && !name.includes('.'))
      .map(([name]) => name)
      .sort();
    if (arn === undefined && lists.length === 0) return [];
    return [[one.cloudFormationType, { ...(arn && { arn }), ...(lists.length > 0 && { lists }) }]];
  }),
);

const folder = new URL('../src/architecture/schema/', import.meta.url);
const files = new Map([
  ['arns.gen.json', arns],
  [
    'namespaces.gen.json',
    Object.fromEntries([...byNamespace].map(([name, types]) => [name, types.length]).sort()),
  ],
]);
for (const [name, types] of byNamespace) files.set(`specs/${name}.gen.json`, sorted(types));
const check = process.argv.includes('--check');
mkdirSync(new URL('specs/', folder), { recursive: true });
const outdated = [];
for (const [name, table] of files) {
  const file = new URL(name, folder);
  const lines = Object.entries(table).map(([type, row]) => `${JSON.stringify(type)}:${JSON.stringify(row)}`);
  const text = `{\n${lines.join(',\n')}\n}\n`;
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  outdated.push(name);
  if (!check) writeFileSync(file, text);
}
for (const name of readdirSync(new URL('specs/', folder)).map((one) => `specs/${one}`)) {
  if (files.has(name)) continue;
  outdated.push(name);
  if (!check) rmSync(new URL(name, folder));
}
if (check && outdated.length > 0) {
  console.error(`${outdated.join(', ')}: out of date, run node scripts/resource-specs.mjs`);
  process.exitCode = 1;
}
