// The floor: the least that a durable, signed request costs in Node.js. Reads HTTP, verifies the Signature Version 4 of
// every request, commits one lmdb record, answers. node bench/floor.mjs PORT DIRECTORY
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { open } from 'lmdb';

const [port, directory] = process.argv.slice(2);
const secret = 'test';
const store = open({
  path: join(directory, 'records'),
  noSync: true,
  encoding: 'msgpack',
  keyEncoding: 'ordered-binary',
});
const sha256 = (data) => createHash('sha256').update(data).digest('hex');
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();
const signingKeys = new Map();
let count = 0;

function signingKey(scope) {
  let key = signingKeys.get(scope);
  if (!key) {
    key = scope.split('/').reduce(hmac, `AWS4${secret}`);
    signingKeys.set(scope, key);
  }
  return key;
}

const form =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;

function verified({ method, url, headers }, body) {
  const [, , scope = '', signed = '', signature = ''] = form.exec(headers.authorization ?? '') ?? [];
  const hash = sha256(body);
  if (hash !== headers['x-amz-content-sha256']) return false;
  const lines = signed
    .split(';')
    .map((name) => `${name}:${headers[name]}\n`)
    .join('');
  const canonical = `${method}\n${url}\n\n${lines}\n${signed}\n${hash}`;
  const text = `AWS4-HMAC-SHA256\n${headers['x-amz-date']}\n${scope}\n${sha256(canonical)}`;
  const expected = hmac(signingKey(scope), text);
  const given = Buffer.from(signature, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    if (!verified(request, body)) return response.writeHead(403).end();
    store.putSync(['record', count++], { at: Date.now(), body });
    const answer = `{"id":"${count}"}`;
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
    response.end(answer);
  });
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));
