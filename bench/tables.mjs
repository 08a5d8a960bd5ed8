// Writes the tables of bench/README.md from bench/results: node bench/tables.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = import.meta.dirname;
const { machine, app, rows, sections, simulation } = JSON.parse(
  readFileSync(join(folder, 'results/review.json'), 'utf8'),
);
const row = (cells) => `| ${cells.join(' | ')} |`;
const verdict = ({ aim, met }) => (aim === undefined ? '' : `${aim}: ${met ? 'met' : 'missed'}`);
const synth = rows[0].cpu;
const whole = (value) => value.toLocaleString('en-US', { maximumFractionDigits: 0 });

const review = [
  `${app.resources} resources in ${app.stacks} stacks; ${machine.cores} cores (load ${machine.loadBefore.toFixed(1)} before the run), ${machine.cpu}, Node.js ${machine.node}. Least of the runs; processor time is of all threads.`,
  '',
  row(['what', 'wall', 'processor time', 'of a plain synth', 'peak memory', 'runs', 'aim', 'remark']),
  row(['---', '---:', '---:', '---:', '---:', '---:', '---', '---']),
  ...rows.map((one) =>
    row([
      one.what,
      `${one.wall.toFixed(2)} s`,
      `${one.cpu.toFixed(2)} s`,
      (one.cpu / synth).toFixed(2),
      one.memoryMb === undefined ? '' : `${whole(one.memoryMb)} MB`,
      one.runs,
      verdict(one),
      one.note ?? '',
    ]),
  ),
  '',
  `By section, template unchanged, as a process (wall): ${Object.entries(sections)
    .map(([name, ms]) => `${name} ${whole(ms)} ms`)
    .join(', ')}.`,
  '',
  row(['simulation', 'value', 'aim', 'remark']),
  row(['---', '---:', '---', '---']),
  ...simulation.map((one) =>
    row([
      one.what.replace(/^simulation: /, ''),
      `${one.value.toFixed(one.value < 100 ? 2 : 0)} ${one.unit}`,
      verdict(one),
      one.note ?? '',
    ]),
  ),
];

const measured = JSON.parse(readFileSync(join(folder, 'results/requests.json'), 'utf8'));
const others = [...new Set(measured.rows.flatMap(({ ofPeers }) => Object.keys(ofPeers)))];
const ratio = (value) => (value === undefined ? '' : value.toFixed(2));
const requests = [
  `${measured.machine.cores} cores (load ${measured.machine.loadBefore.toFixed(1)} before the run), ${measured.machine.cpu}, Node.js ${measured.machine.node}; median of ${measured.rounds} rounds.`,
  '',
  row(['request', 'Slipway', 'of the floor', ...others.map((name) => `of ${name}`)]),
  row(['---', ...['', '', ...others].map(() => '---:')]),
  ...measured.rows
    .filter(({ microseconds }) => microseconds.slipway !== undefined)
    .map(({ what, microseconds, ofFloor, ofPeers }) =>
      row([
        what,
        `${microseconds.slipway} µs`,
        ratio(ofFloor),
        ...others.map((name) => ratio(ofPeers[name])),
      ]),
    ),
];

const readme = join(folder, 'README.md');
let text = readFileSync(readme, 'utf8');
for (const [name, lines] of Object.entries({ requests, review })) {
  const [begin, end] = [`<!-- ${name}: written by bench/tables.mjs -->`, `<!-- ${name} ends -->`];
  const [before, after] = [text.indexOf(begin), text.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`${readme} has no place between ${begin} and ${end}`);
  text = `${text.slice(0, before)}${begin}\n\n${lines.join('\n')}\n\n${text.slice(after)}`;
}
writeFileSync(readme, text);
