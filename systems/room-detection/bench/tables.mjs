// Writes the tables of docs/rooms.md and README.md from bench/results/rooms.json: node bench/tables.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..');
const { machine, comparisons, growth, accuracy } = JSON.parse(
  readFileSync(join(folder, 'bench/results/rooms.json'), 'utf8'),
);
const ms = (value) => (value === undefined ? '' : `${value < 100 ? value.toFixed(2) : value.toFixed(0)} ms`);
const row = (cells) => `| ${cells.join(' | ')} |`;
const count = (value) => value.toLocaleString('en-US');

const plans = [...new Set(comparisons.map((c) => c.plan))];
const engines = [...new Set(comparisons.map((c) => c.engine))];
const time = (plan, engine) => comparisons.find((c) => c.plan === plan && c.engine === engine)?.milliseconds;
const found = 'room-detection, rooms found';
const read = 'room-detection, polygons read';
const all = 'room-detection, every field read';
const whole = engines.filter((e) => /union/.test(e));
const noded = engines.filter((e) => !whole.includes(e) && !e.startsWith('room-detection'));
const fastest = (plan, of) => Math.min(...of.map((e) => time(plan, e)).filter((t) => t !== undefined));
const ratios = (plan, of) => {
  const best = fastest(plan, of);
  return Number.isFinite(best)
    ? `${(best / time(plan, read)).toFixed(1)} / ${(best / time(plan, found)).toFixed(1)}`
    : '';
};
const head = `Run of \`bench/results/rooms.json\`: ${machine.cores} cores (load ${machine.loadBefore.toFixed(1)} before the run), ${machine.cpu}, Node ${machine.node}; every engine on one thread, warm, least time.`;

const speed = [
  head,
  '',
  row([
    'plan',
    'found',
    'polygons read',
    'every field read',
    ...whole,
    ...noded,
    'ratio to the fastest that does the whole task (read / found)',
    'ratio to the fastest of all (read / found)',
  ]),
  row(['---', ...Array(engines.length + 2).fill('---:')]),
  ...plans.map((plan) =>
    row([
      plan,
      ms(time(plan, found)),
      ms(time(plan, read)),
      ms(time(plan, all)),
      ...whole.map((e) => ms(time(plan, e))),
      ...noded.map((e) => ms(time(plan, e))),
      ratios(plan, whole),
      ratios(plan, [...whole, ...noded]),
    ]),
  ),
  '',
  row(['plan', 'walls', 'pieces', 'rooms', 'found', 'every field read too', 'growth', 'memory']),
  row(['---', ...Array(7).fill('---:')]),
  ...growth.map((g, i) => {
    const before = growth[i - 1];
    const exponent =
      before?.kind === g.kind
        ? (Math.log(g.found / before.found) / Math.log(g.edges / before.edges)).toFixed(2)
        : '';
    return row([
      g.kind,
      count(g.walls),
      count(g.edges),
      count(g.rooms),
      ms(g.found),
      ms(g.read),
      exponent,
      `${g.megabytes.toFixed(0)} MB`,
    ]);
  }),
].join('\n');

const families = [
  row(['family', 'rooms', 'found', 'false']),
  row(['---', '---:', '---:', '---:']),
  ...accuracy.map((a) =>
    row([
      a.family,
      count(a.truth),
      `${(100 * a.accuracy).toFixed(2)} %`,
      `${(100 * a.falsePositives).toFixed(2)} %`,
    ]),
  ),
].join('\n');

for (const file of ['docs/rooms.md', 'README.md']) {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  const put = (source, name, table) =>
    source.replace(
      new RegExp(`<!-- ${name} -->[\\s\\S]*?<!-- /${name} -->`),
      () => `<!-- ${name} -->\n${table}\n<!-- /${name} -->`,
    );
  writeFileSync(path, put(put(text, 'speed', speed), 'accuracy', families));
}
