/** The registry of events and the code that emits them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { eventKinds } from '../../src/core/events.ts';

const src = join(import.meta.dirname, '..', '..', 'src');

it('every event of the registry is emitted somewhere', () => {
  const text = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith(join('core', 'events.ts')))
    .map((file) => readFileSync(join(src, file), 'utf8'))
    .join('\n');
  expect(Object.keys(eventKinds).filter((name) => !text.includes(`name: '${name}'`))).toEqual([]);
});
