/** The whole app on a local cloud of its own: what will ship, called as users call it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type LocalCloud, startLocalCloud } from 'slipway/local';

let cloud: LocalCloud;
let api: string;

before(async () => {
  cloud = await startLocalCloud();
  const { outputs } = await cloud.up('.');
  api = outputs.ApiUrl ?? '';
});
after(() => cloud.close());

const post = (body: object) =>
  fetch(`${api}notes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

test('a note is saved, and the worker counts its words', async () => {
  const created = await post({ text: 'three short words' });
  assert.equal(created.status, 202);
  const { id } = (await created.json()) as { id: string };
  for (let attempt = 0; attempt < 100; attempt++) {
    const note = (await (await fetch(`${api}notes/${id}`)).json()) as { status: string; words?: number };
    if (note.status === 'done') return assert.equal(note.words, 3);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail('the words were not counted within 10 s');
});

test('a note without text is refused before it reaches a function', async () => {
  const refused = await post({ txt: 'x' });
  assert.equal(refused.status, 400);
});

test('a note that is not there is answered with 404', async () => {
  assert.equal((await fetch(`${api}notes/nothing`)).status, 404);
});

test('no call of the app is denied by its own policies', () => {
  const denied = cloud.events().filter(({ name }) => name === 'access.denied');
  assert.deepEqual(
    denied.map(({ text }) => text),
    [],
  );
});
