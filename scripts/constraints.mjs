// Writes the limits of AWS's own models (lengths, ranges, patterns, enumerations, required members) of the operations
// that Slipway has into src/local/constraints. The models come with botocore (Apache-2.0), which the SDK for JavaScript
// leaves these limits out of. Run by hand after adding operations:
//   pip download botocore --no-deps && unzip botocore-*.whl -d botocore && node scripts/constraints.mjs botocore
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { root } from './lib.mjs';

/** Services of ours whose AWS counterpart checks its model; how it says so is in src/local/edge/constraints.ts. */
const services = [
  ...[
    'application-autoscaling',
    'cloudcontrol',
    'cloudformation',
    'cloudfront',
    'cloudwatch',
    'dynamodb',
    'dynamodbstreams',
    'ecr',
    'ecs',
    'events',
  ],
  ...['iam', 'lambda', 'logs', 'ssm', 'states', 'sts'],
];

const folder = process.argv[2];
if (!folder || !existsSync(join(folder, 'botocore/data'))) {
  console.error('usage: node scripts/constraints.mjs <folder into which the wheel of botocore was unpacked>');
  process.exit(2);
}
const version = /__version__ = '([^']+)'/.exec(
  readFileSync(join(folder, 'botocore/__init__.py'), 'utf8'),
)?.[1];

function readModel(service) {
  const data = join(folder, 'botocore/data', service === 'states' ? 'stepfunctions' : service);
  const newest = readdirSync(data).sort().at(-1);
  return JSON.parse(gunzipSync(readFileSync(join(data, newest, 'service-2.json.gz'))));
}

/** The operations that the reference lists for a service. */
function operationsOf(service) {
  const text = readFileSync(join(root, 'docs/reference/operations.md'), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(`${service}\n`)) ?? '';
  return [...section.matchAll(/^\| ([A-Z]\w+) \|/gm)].map((found) => found[1]);
}

/** @returns the pattern as JavaScript reads it with the flag u or, if it cannot, without; undefined when it cannot */
function inJavaScript(java) {
  const pattern = java.replaceAll('\\p{Print}', '[\\x20-\\x7E]');
  for (const flags of pattern.includes('\\p') ? ['u'] : ['u', ''])
    try {
      new RegExp(`^(?:${pattern})$`, flags);
      return pattern;
    } catch {
      // Java's syntax has what JavaScript's lacks: the next flags, or no pattern.
    }
  return undefined;
}

function compile(service) {
  const model = readModel(service);
  const out = new Map();
  /** Of a shape that refers to itself: whether it says anything is known when its members are. */
  const open = new Set();

  function add(name) {
    if (out.has(name)) return out.get(name) !== undefined;
    if (open.has(name)) return true;
    open.add(name);
    const made = convert(name, model.shapes[name]);
    open.delete(name);
    out.set(name, made);
    return made !== undefined;
  }

  function convert(name, shape) {
    const made = {};
    const number = /^(integer|long|float|double)$/.test(shape.type);
    if (number && shape.min !== undefined) made.least = shape.min;
    if (number && shape.max !== undefined) made.most = shape.max;
    if (!number && shape.min > 0) made.min = shape.min;
    if (!number && shape.max !== undefined) made.max = shape.max;
    if (shape.enum) made.enum = shape.enum;
    if (shape.sensitive) made.sensitive = true;
    if (shape.pattern !== undefined && !/^\^?(\.|\[\\s\\S\])\*\$?$/.test(shape.pattern)) {
      const pattern = inJavaScript(shape.pattern);
      if (pattern) made.pattern = pattern;
      else console.error(`${service}: ${name}: left out the pattern ${shape.pattern}`);
    }
    if (shape.type === 'structure') {
      const members = Object.entries(shape.members).filter(([, { shape: of }]) => add(of));
      if (members.length > 0)
        made.members = Object.fromEntries(members.map(([key, one]) => [key, one.shape]));
      if (shape.required?.length) made.required = shape.required;
    }
    if (shape.type === 'list' && add(shape.member.shape)) made.item = shape.member.shape;
    if (shape.type === 'map') {
      if (add(shape.key.shape)) made.key = shape.key.shape;
      if (add(shape.value.shape)) made.value = shape.value.shape;
    }
    const { sensitive, ...limits } = made;
    return Object.keys(limits).length === 0 ? undefined : made;
  }

  const operations = {};
  for (const name of operationsOf(service)) {
    const input = model.operations[name]?.input?.shape;
    // null: the model says nothing about it.
    operations[name] = input && add(input) ? input : null;
  }
  const shapes = Object.fromEntries([...out].filter(([, made]) => made).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { source: `botocore ${version}`, operations, shapes };
}

for (const service of services) {
  const file = join(root, 'src/local/constraints', `${service}.gen.json`);
  writeFileSync(file, `${JSON.stringify(compile(service), null, 1)}\n`);
}
