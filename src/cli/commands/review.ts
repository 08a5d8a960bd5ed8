import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { version } from '../../api/version.ts';
import { SlipwayError } from '../../core/errors.ts';
import {
  type Architecture,
  allFindings,
  changeLines,
  compareCosts,
  compareReviews,
  plainStyle,
  type ReviewInputs,
  type ReviewReport,
  review as reviewSubject,
  type Section,
  sections,
  toHtml,
  toMarkdown,
  toSarif,
  toText,
} from '../../review/index.ts';
import { type Arguments, type Command, pairs } from '../command.ts';
import { createProgress } from '../progress.ts';
import { readInputs } from '../review-inputs.ts';
import { answerFiles, openTarget, type ReviewTarget } from '../review-target.ts';
import { stateOption } from '../running.ts';
import type { Terminal } from '../terminal.ts';
import { writeWhole } from '../write-whole.ts';

const formats = ['text', 'json', 'md', 'html', 'sarif'] as const;
type Format = (typeof formats)[number];

export const review: Command = {
  name: 'review',
  summary:
    'Say what a template costs, whether it is safe, holds the load, and can come back. Deploys nothing.',
  usage: '<folder with cdk.json | cdk.out | template file>',
  details:
    'Works on any CDK app or CloudFormation template, offline. What the template cannot say is asked in files of the\nfolder review/ beside the app (usage.yaml, load.yaml, config.yaml, readiness.yaml); --init writes them. Gates are in\nreview/config.yaml. Exit code 1: a gate failed.',
  options: {
    format: { type: 'string', value: 'FORM', help: `${formats.join(', ')} (default text)` },
    json: { type: 'boolean', help: 'the same as --format json' },
    output: { type: 'string', value: 'FILE', help: 'write there instead of to stdout' },
    only: { type: 'string', value: 'SECTION[,…]', help: `of ${sections.join(', ')} (default all)` },
    against: {
      type: 'string',
      value: 'REPORT|TARGET',
      help: 'compare with a saved JSON report, or with another folder or template',
    },
    'against-context': {
      type: 'string',
      value: 'KEY=VALUE[,…]',
      help: 'compare with this app under another context',
    },
    init: { type: 'boolean', help: 'write the questions of all four files, keeping answers, and stop' },
    'init-usage': { type: 'boolean', help: 'write the questions of usage.yaml, keeping answers, and stop' },
    'init-load': { type: 'boolean', help: 'write the questions of load.yaml, keeping answers, and stop' },
    'init-readiness': {
      type: 'boolean',
      help: 'write the questions of readiness.yaml, keeping answers, and stop',
    },
    usage: { type: 'string', value: 'FILE', help: 'how much it is used (default review/usage.yaml)' },
    measured: {
      type: 'boolean',
      help: 'hold what roles did on the running local cloud beside what they may do; with --uses, take use from its bill',
    },
    uses: { type: 'string', value: 'N', help: 'how many uses the local run of --measured had' },
    'save-samples': {
      type: 'boolean',
      help: 'write review/samples.json with the times of functions and workers on the running local cloud, and stop',
    },
    load: { type: 'string', value: 'FILE', help: 'the load to simulate (default review/load.yaml)' },
    samples: {
      type: 'string',
      value: 'FILE',
      help: 'measured service times, for `time: measured` in the load',
    },
    config: { type: 'string', value: 'FILE', help: 'gates and targets (default review/config.yaml)' },
    readiness: { type: 'string', value: 'FILE', help: 'answers of people (default review/readiness.yaml)' },
    'local-run': {
      type: 'string',
      value: 'FILE',
      help: 'what was measured locally (default review/local-run.json)',
    },
    prices: { type: 'string', value: 'FILE', help: 'refreshed prices (default review/prices.json)' },
    seed: { type: 'string', value: 'N', help: "of the simulation (default: the load file's)" },
    region: { type: 'string', value: 'REGION', help: 'for stacks that do not say (default us-east-1)' },
    context: { type: 'string', value: 'KEY=VALUE[,…]', help: "context for the app, as cdk's -c" },
    parameter: { type: 'string', value: 'KEY=VALUE[,…]', help: "the template's parameters" },
    state: stateOption,
    'no-cache': {
      type: 'boolean',
      help: "keep nothing in the user's cache folder (slipway/review: 270 MB that make later reviews faster)",
    },
    verbose: { type: 'boolean', help: "show the app's own output" },
  },
  positionals: { min: 1, max: 1 },
  async run(args, terminal) {
    const format = formatOf(args);
    const wanted = sectionsOf(args.text('only'));
    const progress = createProgress(terminal, {
      live: process.stderr.isTTY === true,
      verbose: args.flag('verbose'),
    });
    const open = (target: string, context: string | undefined) =>
      openTarget({
        target,
        ...(args.text('region') === undefined ? {} : { region: args.text('region') }),
        context: pairs(context, 'context'),
        parameters: pairs(args.text('parameter'), 'parameter'),
        host: progress,
      });
    const target = args.positionals[0] ?? '.';
    try {
      const opened = await open(target, args.text('context'));
      progress.done();
      if (await writeQuestions(args, opened, terminal)) return 0;
      if (await saveSamples(args, opened, terminal)) return 0;
      const inputs = await readInputs(args, opened, wanted);
      const report = await reviewSubject(opened.app, inputs);
      const before = await baseline(args, opened, inputs, open);
      progress.done();
      const text = await formed({
        format,
        report,
        before,
        app: opened.app,
        terminal,
        inputs,
        file: args.text('output') !== undefined,
      });
      const output = args.text('output');
      if (output === undefined) terminal.answer(text.trimEnd());
      else {
        mkdirSync(dirname(resolve(output)), { recursive: true });
        writeWhole(output, text);
        terminal.note(`written to ${output}`);
      }
      return exitCode(report, terminal, output !== undefined || format !== 'text');
    } finally {
      progress.done();
    }
  },
};

function formatOf(args: Arguments): Format {
  const given = args.flag('json') ? 'json' : (args.text('format') ?? 'text');
  const found = formats.find((format) => format === given);
  if (found === undefined)
    throw new SlipwayError('cli.usage', `--format takes ${formats.join(', ')}, got ${given}`);
  return found;
}

function sectionsOf(text: string | undefined): readonly Section[] {
  if (text === undefined) return sections;
  return text.split(',').map((name) => {
    const found = sections.find((section) => section === name.trim());
    if (found === undefined)
      throw new SlipwayError('cli.usage', `--only takes ${sections.join(', ')}, got ${name}`);
    return found;
  });
}

/** @returns whether that was all that was asked */
async function writeQuestions(args: Arguments, opened: ReviewTarget, terminal: Terminal): Promise<boolean> {
  const asked = answerFiles.filter(
    ({ option }) => args.flag('init') || (option !== undefined && args.flag(option)),
  );
  for (const { name, write } of asked) {
    const file = join(opened.answers, name);
    const existing = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    const text = await write(opened.app, existing);
    mkdirSync(opened.answers, { recursive: true });
    if (text !== existing) writeWhole(file, text);
    terminal.note(
      `${existing === undefined ? 'written' : text === existing ? 'unchanged' : 'completed'}: ${relative(process.cwd(), file)}`,
    );
  }
  return asked.length > 0;
}

/** @returns whether that was what was asked */
async function saveSamples(args: Arguments, opened: ReviewTarget, terminal: Terminal): Promise<boolean> {
  if (!args.flag('save-samples')) return false;
  const { runOf } = await import('../measured-run.ts');
  const { measuredSamples } = await import('../measured-samples.ts');
  const { running, stacks } = await runOf(args);
  const today = new Date().toISOString().slice(0, 10);
  const { measured, left } = await measuredSamples(running, stacks, opened.app, today);
  const file = args.text('samples') ?? join(opened.answers, 'samples.json');
  mkdirSync(dirname(file), { recursive: true });
  writeWhole(file, `${JSON.stringify(measured, null, 2)}\n`);
  for (const [name, seconds] of Object.entries(measured.samples))
    terminal.note(`${name}: ${seconds.length} samples`);
  for (const { resource, because } of left) terminal.note(`left out: ${resource}: ${because}`);
  terminal.note(`written: ${relative(process.cwd(), file)}`);
  return true;
}

async function baseline(
  args: Arguments,
  opened: ReviewTarget,
  inputs: ReviewInputs,
  open: (target: string, context: string | undefined) => Promise<ReviewTarget>,
): Promise<ReviewReport | undefined> {
  const against = args.text('against');
  const context = args.text('against-context');
  if (against === undefined && context === undefined) return undefined;
  if (against !== undefined && existsSync(against) && statSync(against).isFile()) {
    const saved = savedReport(against);
    if (saved !== undefined) return saved;
  }
  const other = await open(against ?? args.positionals[0] ?? '.', context ?? args.text('context'));
  return reviewSubject(
    other.app,
    against === undefined
      ? inputs
      : await readInputs(args, { ...other, answers: opened.answers }, inputs.sections ?? sections),
  );
}

function savedReport(file: string): ReviewReport | undefined {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('gates' in value && 'app' in value)) return undefined;
  const report = value as ReviewReport;
  if (report.version === 1) return report;
  throw new SlipwayError(
    'review.unreadable',
    `${file} is a report of another version of Slipway (${String(report.version)})`,
    {
      fix: 'make it again with this one: slipway review … --format json',
    },
  );
}

interface Forming {
  readonly format: Format;
  readonly report: ReviewReport;
  readonly before: ReviewReport | undefined;
  readonly app: Architecture;
  readonly terminal: Terminal;
  readonly inputs: ReviewInputs;
  readonly file: boolean;
}

async function formed(forming: Forming): Promise<string> {
  const { format, report, before, app, terminal, inputs, file } = forming;
  const comparison =
    before === undefined
      ? undefined
      : {
          review: compareReviews(before, report),
          ...(before.cost === undefined || report.cost === undefined
            ? {}
            : { cost: compareCosts(before.cost, report.cost) }),
        };
  switch (format) {
    case 'json':
      return `${JSON.stringify(comparison === undefined ? report : { ...report, comparison }, null, 2)}\n`;
    case 'md':
      return toMarkdown(report, comparison === undefined ? {} : { comparison });
    case 'html':
      return toHtml(report, { version: version(), date: inputs.today });
    case 'sarif':
      return `${JSON.stringify(toSarif(allFindings(report), { version: version(), app, root: process.cwd() }), null, 2)}\n`;
    case 'text': {
      const page = {
        style: file ? plainStyle : terminal.answers,
        width: Math.min(Math.max(process.stdout.columns ?? 110, 60), 140),
      };
      const text = toText(report, page);
      return comparison === undefined
        ? `${text}\n`
        : `${text}\n\n${changeLines(comparison, page).join('\n')}\n`;
    }
  }
}

function exitCode(report: ReviewReport, terminal: Terminal, sayWhy: boolean): number {
  const failed = report.gates.filter(({ verdict }) => verdict === 'failed');
  if (sayWhy)
    for (const { gate, because } of failed)
      terminal.note(`${terminal.red('gate failed:')} ${gate}: ${because}`);
  for (const { section, error } of report.failures)
    terminal.note(`${terminal.red('this is a bug in Slipway:')} the ${section} section failed: ${error}`);
  if (report.failures.length > 0) return 70;
  return failed.length > 0 ? 1 : 0;
}
