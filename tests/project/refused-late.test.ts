/**
 * What a resource type or a call that it makes is refused for by name has to be known before anything is made, so it is
 * told by `problems` or by the handler. The operations below still refuse in `handle`; each says why that is right.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const services = join(import.meta.dirname, '..', '..', 'src', 'local', 'services');

const kebab = (operation: string) => operation.replace(/(?<!^)(?=[A-Z])/g, '-').toLowerCase();

/** `service/operation` of every call that a resource type makes. */
function callsOfResources(): Set<string> {
  const calls = new Set<string>();
  for (const file of readdirSync(services, { recursive: true, encoding: 'utf8' })) {
    if (!/resources[\\/].*\.ts$/.test(file)) continue;
    const text = readFileSync(join(services, file), 'utf8');
    for (const [, service, operation = ''] of text.matchAll(/invoke\(\s*'([a-z-]+)',\s*'([A-Za-z]+)'/g))
      calls.add(`${service}/${kebab(operation)}`);
  }
  return calls;
}

const allowed: Readonly<Record<string, string>> = {
  'dynamodb/put-resource-policy': 'a table’s ARN is given by the resource type, never that of an index',
  'ecs/update-service': 'the resource type rehearses CreateService, which refuses the same',
};

it('is refused before it is handled: what a resource type asks for', () => {
  const late: string[] = [];
  for (const call of callsOfResources()) {
    const [service = '', operation = ''] = call.split('/');
    const file = join(services, service, 'operations', `${operation}.ts`);
    if (!existsSync(file)) continue;
    const text = readFileSync(file, 'utf8');
    // What stands outside `problems` may be a check that `problems` calls too.
    if (/throw unsupported\(/.test(text) && !/\bproblems\b/.test(text)) late.push(call);
  }
  expect(late.sort()).toEqual(Object.keys(allowed).sort());
});
