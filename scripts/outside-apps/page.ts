/** docs/outside-apps.md from what came of each app. */
import { areaOf, count, greedy } from './blockers.ts';
import type { AppRow } from './outcome.ts';
import type { Checkout } from './work-folder.ts';

const cell = (text: string): string =>
  text
    .replace(/\|/g, '\\|')
    .replace(/\s+/g, ' ')
    .replace(/[<>{}]/g, '')
    .trim();

const results = ['works', 'refused', 'failed', 'wrong', 'as on AWS', 'not synthesized'] as const;

const meaning: Readonly<Record<(typeof results)[number], string>> = {
  works: 'every stack is complete, every function loads, every URL among the outputs answers',
  refused: 'refused at the start by name, nothing made',
  failed: 'refused in the middle, and rolled back',
  wrong: 'a crash, a hang, a bug, or complete with a function that cannot run',
  'as on AWS': 'a fault of the app, which comes to the same end on AWS: see its row',
  'not synthesized': "the app's own command fails here",
};

/** @param folder where it ran: names of files are shown without it */
export function page(
  rows: readonly AppRow[],
  checkouts: readonly Checkout[],
  cdkVersion: string,
  folder: string,
): string {
  const sam = rows.filter(({ kind }) => kind === 'sam');
  const others = rows.filter(({ kind }) => ['typescript', 'python', 'template'].includes(kind));
  const parts = [
    '# Apps that strangers wrote\n\n',
    'Written by `npm run outside-apps`, which anyone can run (see below). Each app is judged with what `slipway check` says;\n',
    'one that nothing is refused of is brought up on a local cloud of its own, every function of it is invoked once with an\n',
    'empty event, and every URL among its outputs is called once. An error that a function gives of its own is no fault; a\n',
    'module, handler or runtime that is not there is.\n\n',
    ...checkouts.map(({ name, url, commit }) => `- [${name}](${url}) at \`${commit.slice(0, 12)}\`\n`),
    `- synthesized with aws-cdk-lib ${cdkVersion} whatever the app pins; parameters without a default are given any value\n  that fits; no Docker, so apps whose synthesis needs it are not synthesized\n- on ${process.platform} ${process.arch}, Node.js ${process.versions.node}\n`,
    '\n## Totals\n\n',
    totals(checkouts, others),
    sam.length > 0 ? `\nTemplates of SAM, apart: ${sentence(sam)}.\n` : '',
    `\nApps in Java, Go and .NET (${rows.length - sam.length - others.length}) are not tried.\n`,
    ...blockerSections(others),
    ...middle(others),
    ...rowsOf(checkouts, others),
    howTo,
  ];
  return parts
    .join('')
    .replaceAll(folder, '')
    .replace(/\/[\w./-]*slipway-outside-\w+/g, '');
}

const sentence = (rows: readonly AppRow[]): string =>
  results
    .map((result) => [rows.filter((row) => row.result === result).length, result] as const)
    .filter(([number]) => number > 0)
    .map(([number, result]) => `${number} ${result}`)
    .join(', ');

function totals(checkouts: readonly Checkout[], rows: readonly AppRow[]): string {
  const head = `| | ${checkouts.map(({ name }) => name).join(' | ')} | |\n| --- |${' ---: |'.repeat(checkouts.length)} --- |\n`;
  const line = (result: (typeof results)[number]) =>
    `| ${result} | ${checkouts
      .map(({ name }) => rows.filter((row) => row.repository === name && row.result === result).length)
      .join(' | ')} | ${meaning[result]} |\n`;
  return head + results.map(line).join('');
}

function blockerSections(rows: readonly AppRow[]): string[] {
  const stopped = rows.filter(({ result }) => result === 'refused').map(({ blockers }) => blockers);
  const works = rows.filter(({ result }) => result === 'works').length;
  const areas = stopped.map((names) => [...new Set(names.map(areaOf))]);
  return [
    '\n## What next brings most apps up\n\nEach step is what brings most apps up for what is built, with those before it done.\n\n',
    '| build | apps more | apps in all |\n| --- | ---: | ---: |\n',
    ...greedy(areas, 40, works).map(
      (step) => `| ${cell(step.areas.join(' + '))} | ${step.apps} | ${step.total} |\n`,
    ),
    '\n## What stops apps\n\nThe apps that each stops, and of those the apps that nothing else stops.\n\n',
    '| what | apps | alone |\n| --- | ---: | ---: |\n',
    ...count(areas)
      .slice(0, 80)
      .map(({ name, apps, alone }) => `| ${cell(name)} | ${apps} | ${alone} |\n`),
  ];
}

function middle(rows: readonly AppRow[]): string[] {
  const odd = rows.filter(({ result }) => result === 'failed' || result === 'wrong');
  if (odd.length === 0) return [];
  return [
    '\n## Refused in the middle, and wrong\n\n| app | | why |\n| --- | --- | --- |\n',
    ...odd.map(
      (row) => `| ${row.repository}/${row.name} | ${row.result} | ${cell(whyOf(row)).slice(0, 600)} |\n`,
    ),
  ];
}

function whyOf({ why, functions = [], endpoints = [] }: AppRow): string {
  if (why !== undefined) return why;
  return [
    ...functions
      .filter(({ cannotLoad }) => cannotLoad)
      .map(
        ({ runtime, errorType, message = '' }) =>
          `a function (${runtime}): ${errorType}: ${message.split('\n')[0]}`,
      ),
    ...endpoints.filter(({ answer }) => !/^\d/.test(answer)).map(({ url, answer }) => `${url}: ${answer}`),
  ].join('; ');
}

function rowsOf(checkouts: readonly Checkout[], rows: readonly AppRow[]): string[] {
  return checkouts.flatMap(({ name, url, commit }) => [
    `\n## ${name}\n\n| app | in | result | resources | why, or what was called |\n| --- | --- | --- | ---: | --- |\n`,
    ...rows
      .filter((row) => row.repository === name)
      .map(
        (row) =>
          `| [${row.name}](${url}/tree/${commit}/${row.name}) | ${row.kind} | ${row.result} | ${resources(row)} | ${cell(note(row)).slice(0, 240)} |\n`,
      ),
  ]);
}

const resources = ({ live, kept }: AppRow): string =>
  live === undefined ? '' : `${live}${kept ? ` + ${kept} kept` : ''}`;

function note(row: AppRow): string {
  const { result, blockers, functions = [], endpoints = [] } = row;
  if (result === 'refused') {
    const areas = [...new Set(blockers.map(areaOf))];
    return areas.length > 4
      ? `${areas.slice(0, 4).join('; ')}; and ${areas.length - 4} more`
      : areas.join('; ');
  }
  if (result === 'not synthesized') return lastError(row.why ?? '');
  if (result !== 'works') return whyOf(row);
  const errors = functions.filter(({ errorType }) => errorType !== undefined).length;
  return [
    ...(functions.length > 0
      ? [
          `${functions.length} functions invoked${errors > 0 ? `, ${errors} answer the empty event with an error of theirs` : ''}`,
        ]
      : []),
    ...endpoints.map(({ answer }) => `a URL answers ${answer}`),
  ].join('; ');
}

const lastError = (text: string): string =>
  text
    .split('\n')
    .filter((line) => /error|docker|cannot|not found/i.test(line))
    .at(-1) ??
  text.split('\n')[0] ??
  '';

const howTo = `
## Run it

\`npm run outside-apps\` clones both repositories at these commits into a folder of its own (\`--folder\`; \`--from\` takes
one with clones that are there already), installs what the apps import once (npm and pip), synthesizes each app and keeps
its \`cdk.out\`, and writes this page. \`-- --only TEXT\` tries the apps whose name has it and prints what came of them.
It needs git, Python 3 and half an hour the first time.
`;
