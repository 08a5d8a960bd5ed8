// Installs exactly what the lock file names (`npm ci`, which leaves the lock file alone), and says how far it is from
// the first second on: on a terminal one line that moves, elsewhere a line every few seconds.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** When the lock file is another than the one that was installed; it builds as well (see prepare.mjs). */
export async function install() {
  const text = readFileSync(join(root, 'package-lock.json'));
  const marker = join(root, 'node_modules', '.slipway-lock');
  const lock = createHash('sha256').update(text).digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === lock) return;
  const status = await run(wantedHere(JSON.parse(text)));
  if (status !== 0) process.exit(status);
  writeFileSync(marker, lock);
}

/** How many packages of the lock file are for this platform. */
const wantedHere = ({ packages }) =>
  Object.entries(packages).filter(
    ([path, { link, os, cpu }]) =>
      path.includes('node_modules/') && !link && fits(os, process.platform) && fits(cpu, process.arch),
  ).length;

const fits = (allowed, here) => allowed === undefined || allowed.includes(here);

function run(wanted) {
  const npm = spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=http'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  const progress = showProgress(wanted);
  let said = '';
  let rest = '';
  const read = (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      // One line a package that is fetched, also from npm's cache.
      if (/^npm http (fetch|cache) /.test(line)) progress.fetched();
      else said += `${line}\n`;
    }
  };
  npm.stderr.setEncoding('utf8').on('data', read);
  npm.stdout.setEncoding('utf8').on('data', read);
  return new Promise((resolve, reject) => {
    npm.once('error', reject);
    npm.once('close', (code) => {
      progress.end(code === 0);
      if (code !== 0) console.error(`${said}${rest}`.trimEnd());
      resolve(code ?? 1);
    });
  });
}

function showProgress(wanted) {
  const started = performance.now();
  const moves = process.stderr.isTTY === true && process.env.TERM !== 'dumb';
  let fetched = 0;
  const seconds = () => Math.floor((performance.now() - started) / 1000);
  const text = () => {
    // What is fetched is unpacked and built afterwards, of which npm says nothing.
    const packages =
      fetched < wanted ? `${fetched} of ${wanted} packages` : `${wanted} packages fetched, unpacking them`;
    return `installing what is missing (once): ${packages}, ${seconds()} s`;
  };
  const show = () => {
    if (!moves) return console.error(text());
    process.stderr.write(`\r\u001b[K${text().slice(0, (process.stderr.columns || 80) - 1)}`);
  };
  show();
  const timer = setInterval(show, moves ? 200 : 10_000);
  return {
    fetched: () => {
      fetched++;
    },
    end(done) {
      clearInterval(timer);
      if (moves) process.stderr.write('\r\u001b[K');
      if (done) console.error(`installed ${wanted} packages in ${seconds()} s`);
    },
  };
}
