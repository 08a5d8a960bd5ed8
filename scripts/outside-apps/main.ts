/** `npm run outside-apps`: see CONTRIBUTING.md. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findApps } from './apps.ts';
import type { AppRow, Tried } from './outcome.ts';
import ownFaults from './own-faults.json' with { type: 'json' };
import { page } from './page.ts';
import { tryAll } from './pool.ts';
import { checkOut, installPackages } from './work-folder.ts';

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: join(tmpdir(), 'slipway-outside-apps') },
    from: { type: 'string' },
    only: { type: 'string' },
    seconds: { type: 'string', default: '180' },
    processes: { type: 'string', default: String(Math.max(1, Math.floor(availableParallelism() / 2))) },
  },
});
// The bundle lies in dist/.
const root = join(import.meta.dirname, '..');
const folder = resolve(values.folder);
mkdirSync(folder, { recursive: true });
const checkouts = checkOut(folder, values.from);
installPackages(folder, join(root, 'scripts', 'outside-apps'));
const { only } = values;
const apps = checkouts
  .flatMap(({ name, folder: checkout }) => findApps(name, checkout))
  .filter(({ repository, name }) => only === undefined || `${repository}/${name}`.includes(only));

const rows: AppRow[] = [];
await tryAll(
  apps,
  {
    script: join(import.meta.dirname, 'outside-apps-worker.mjs'),
    folder,
    processes: Number(values.processes),
    seconds: Number(values.seconds),
  },
  ({ repository, name, kind }, tried) => {
    const row = { repository, name, kind, ...unlessItsOwn(`${repository}/${name}`, tried) };
    rows.push(row);
    console.log(`${rows.length}/${apps.length} ${row.result}: ${repository}/${name}`);
  },
);
rows.sort((a, b) => (`${a.repository}/${a.name}` < `${b.repository}/${b.name}` ? -1 : 1));
if (only === undefined) {
  writeFileSync(join(folder, 'results.json'), JSON.stringify(rows, null, 1));
  const text = page(rows, checkouts, cdkVersion(), folder);
  writeFileSync(join(root, 'docs', 'outside-apps.md'), text);
} else console.log(JSON.stringify(rows, null, 1));

/** An app that comes to the same end on AWS, which was looked into by hand. */
function unlessItsOwn(app: string, tried: Tried): Tried {
  const why = Object.entries(ownFaults).find(([name]) => name === app)?.[1];
  const isFault = tried.result === 'wrong' || tried.result === 'failed';
  return why !== undefined && isFault ? { ...tried, result: 'as on AWS', why } : tried;
}

function cdkVersion(): string {
  const file = join(folder, 'node_modules', 'aws-cdk-lib', 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
