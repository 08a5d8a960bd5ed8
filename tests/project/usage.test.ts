/** The list of what is metered and the code that meters it. The bill's prices are held to the list by the compiler. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { usageUnits } from '../../src/core/usage.ts';

const services = join(import.meta.dirname, '..', '..', 'src', 'local', 'services');

/** The texts of a service's code, as patterns: `${side}-request-units` is `.+-request-units`. */
function textsOf(service: string): RegExp[] {
  return readdirSync(join(services, service), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [
      ...readFileSync(join(services, service, file), 'utf8').matchAll(
        /'([\w:-]+)'|`((?:[\w:-]|\$\{[^}]+\})+)`/g,
      ),
    ])
    .map(([, text, template]) => new RegExp(`^${text ?? template?.replace(/\$\{[^}]+\}/g, '\\w+')}$`));
}

it('everything that has a price is metered by its service', () => {
  const missing = Object.entries(usageUnits).flatMap(([service, units]) => {
    const texts = textsOf(service);
    return Object.keys(units)
      .filter((usage) => !texts.some((text) => text.test(usage)))
      .map((usage) => `${service} ${usage}`);
  });
  expect(missing).toEqual([]);
});
