import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { version } from '../../api/version.ts';
import { SlipwayError } from '../../core/errors.ts';
import type { Command } from '../command.ts';
import { packSlipway } from '../pack-slipway.ts';
import { writeWhole } from '../write-whole.ts';

const root = join(import.meta.dirname, '..');
const next = ['npm install', 'npm start', 'npm test'] as const;

export const init: Command = {
  name: 'init',
  summary: 'Write a small CDK app (page, API, queue and worker, with a test) that runs with slipway up.',
  usage: '[folder]',
  details:
    'Writes into a new or empty folder, and nowhere else. Installs nothing: what to type next is printed. Versions are\npinned to ones that were tried together. A Slipway that is not from a registry is packed into the folder, under vendor.',
  options: { json: { type: 'boolean', help: 'print one JSON object on stdout' } },
  positionals: { min: 0, max: 1, values: [{ from: 'files' }] },
  async run(args, terminal) {
    const named = args.positionals[0] ?? '.';
    const folder = resolve(named);
    refuseUsed(folder);
    mkdirSync(folder, { recursive: true });
    cpSync(join(root, 'starter'), folder, { recursive: true });
    // npm leaves every .gitignore out of a package.
    renameSync(join(folder, 'gitignore'), join(folder, '.gitignore'));
    const file = join(folder, 'package.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
    const slipway = packSlipway(root, version(), folder, (text) => terminal.note(text));
    const devDependencies = { ...manifest.devDependencies, slipway };
    writeWhole(file, `${JSON.stringify({ ...manifest, name: nameOf(folder), devDependencies }, null, 2)}\n`);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(join(folder, path)).isFile())
      .sort();
    if (args.flag('json')) {
      terminal.answer(JSON.stringify({ folder, files, next }, null, 2));
      return 0;
    }
    terminal.answer(`written to ${folder}:\n${files.map((path) => `  ${path}`).join('\n')}\n`);
    const enter = folder === process.cwd() ? [] : [`cd ${relative(process.cwd(), folder)}`];
    const explained = [
      'npm install',
      'npm start      # brings it up; open the SiteUrl that it prints',
      'npm test',
    ];
    terminal.answer([...enter, ...explained].join('\n'));
    return 0;
  },
};

interface Manifest {
  readonly name: string;
  readonly devDependencies: Readonly<Record<string, string>>;
}

function refuseUsed(folder: string): void {
  if (!existsSync(folder)) return;
  const isFolder = statSync(folder).isDirectory();
  const found = isFolder ? readdirSync(folder).filter((name) => name !== '.git') : [];
  if (isFolder && found.length === 0) return;
  const shown = found.slice(0, 8).join(', ');
  const more = found.length > 8 ? ` and ${found.length - 8} more` : '';
  throw new SlipwayError(
    'cli.usage',
    isFolder ? `${folder} is not empty: ${shown}${more}` : `${folder} is a file`,
    { fix: 'name a folder that is new or empty: slipway init my-app' },
  );
}

/** As npm wants names: https://docs.npmjs.com/cli/configuring-npm/package-json#name */
const nameOf = (folder: string): string =>
  basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9._~-]+/g, '-')
    .replace(/^[._-]+/, '') || 'notes';
