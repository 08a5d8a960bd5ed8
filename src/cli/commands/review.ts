import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { existingTarget } from '../../api/existing-target.ts';
import { type OpenedApp, openApp } from '../../api/open-app.ts';
import { readReviewFiles } from '../../api/review-files.ts';
import { version } from '../../api/version.ts';
import type { Architecture } from '../../architecture/index.ts';
import { cacheFolder } from '../../core/cache-folder.ts';
import { SlipwayError } from '../../core/errors.ts';
import { compareReviews } from '../../review/compare.ts';
import { compareCosts } from '../../review/cost/compare.ts';
import { toMarkdown } from '../../review/forms/markdown.ts';
import { toSarif } from '../../review/forms/sarif.ts';
import { changeLines } from '../../review/forms/text/changes.ts';
import { toText } from '../../review/forms/text/page.ts';
import { plainStyle } from '../../review/forms/text/style.ts';
import { initReviewFile } from '../../review/inputs/init.ts';
import { reviewFileName } from '../../review/inputs/yaml-reader.ts';
import { measuredFileName } from '../../review/measured/run-file.ts';
import { allFindings, type ReviewReport, type Section } from '../../review/report.ts';
import { review as reviewOf, sections } from '../../review/review.ts';
import type { Arguments, Command } from '../command.ts';
import { inputOptions, readInputs } from '../inputs.ts';
import { createProgress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { writeWhole } from '../write-whole.ts';

const formats = ['text', 'json', 'md', 'html', 'sarif'] as const;
type Format = (typeof formats)[number];

export const review: Command = {
  name: 'review',
  summary: 'Review what an app costs, and its security, capacity, recovery and readiness. Deploys nothing.',
  usage: '<folder with cdk.json | cdk.out | template file>',
  details: `Works on any CDK app or CloudFormation template, offline. What a template cannot say (gates, use, load, recovery
targets, answers of people) is read from ${reviewFileName} beside the app; --init writes it with its questions. What a
local run measured is read from ${measuredFileName}; slipway measure writes it. Exit code 1: a gate failed.`,
  options: {
    format: {
      type: 'string',
      value: 'FORM',
      help: `${formats.join(', ')} (default text)`,
      values: { oneOf: formats },
    },
    json: { type: 'boolean', help: 'the same as --format json' },
    output: { type: 'string', value: 'FILE', help: 'write there instead of to stdout' },
    only: {
      type: 'string',
      value: 'SECTION[,…]',
      help: `of ${sections.join(', ')} (default all)`,
      values: { oneOf: sections, many: true },
    },
    compare: {
      type: 'string',
      value: 'REPORT|TARGET',
      help: 'say what changed since a saved JSON report, or against another folder or template',
      values: { from: 'files' },
    },
    init: {
      type: 'boolean',
      help: `write ${reviewFileName}, or add what an existing one lacks, and stop`,
    },
    config: { type: 'string', value: 'FILE', help: `what people wrote (default ${reviewFileName})` },
    measured: {
      type: 'string',
      value: 'FILE',
      help: `what a local run measured (default ${measuredFileName})`,
    },
    region: {
      type: 'string',
      value: 'REGION',
      help: 'for stacks without a region of their own (default us-east-1)',
    },
    ...inputOptions,
    'no-cache': {
      type: 'boolean',
      help: "do not use the cache in the user's cache folder (slipway/review, 270 MB; it makes later reviews faster)",
    },
    verbose: { type: 'boolean', help: "show the app's own output" },
  },
  positionals: { min: 1, max: 1, values: [{ from: 'files' }] },
  async run(args, terminal) {
    const format = formatOf(args);
    const wanted = sectionsOf(args.text('only'));
    const progress = createProgress(terminal, {
      live: process.stderr.isTTY === true,
      verbose: args.flag('verbose'),
    });
    const inputs = readInputs(args);
    const open = (target: string, unknownParameters?: 'refused') =>
      openApp({
        target,
        ...(unknownParameters ? { unknownParameters } : {}),
        ...(args.text('region') === undefined ? {} : { region: args.text('region') }),
        ...inputs,
        host: progress,
      });
    // Acknowledgements and answers end with a day, wherever the review runs.
    const today = new Date().toISOString().slice(0, 10);
    const reviewed = ({ app, folder }: OpenedApp, filesIn: string) =>
      reviewOf(app, {
        today,
        sections: wanted,
        ...readReviewFiles(
          { app, folder: filesIn },
          { config: args.text('config'), measured: args.text('measured') },
        ),
        appFolder: folder,
        ...(args.flag('no-cache') ? {} : { cacheFolder: cacheFolder('review') }),
        // Documents are compared and gated on: the same template must give the same findings on any machine.
        waitForEngine: format !== 'text' || args.text('output') !== undefined || process.env.CI !== undefined,
      });
    const compared = args.text('compare');
    if (compared !== undefined)
      existingTarget(compared, 'name a report that slipway review --json wrote, an app, or a template file');
    try {
      const opened = await open(args.positionals[0] ?? '.', 'refused');
      progress.done();
      if (args.flag('init')) {
        await writeQuestions(opened, today, args.text('config'), terminal);
        return 0;
      }
      const report = await reviewed(opened, opened.folder);
      const before =
        compared === undefined
          ? undefined
          : (savedReport(compared) ?? (await reviewed(await open(compared), opened.folder)));
      progress.done();
      const output = args.text('output');
      const text = await formed({
        format,
        report,
        before,
        app: opened.app,
        terminal,
        today,
        file: output !== undefined,
      });
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
  return formats.find((format) => format === given) ?? 'text';
}

function sectionsOf(text: string | undefined): readonly Section[] {
  if (text === undefined) return sections;
  const names = text.split(',').map((name) => name.trim());
  return sections.filter((section) => names.includes(section));
}

async function writeQuestions(
  { app, folder }: OpenedApp,
  today: string,
  named: string | undefined,
  terminal: Terminal,
): Promise<void> {
  const file = named ?? join(folder, reviewFileName);
  const existing = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  const { readiness } = await reviewOf(app, { today, sections: ['security', 'recovery', 'readiness'] });
  const text = initReviewFile(app, readiness?.items ?? [], existing);
  if (text !== existing) writeWhole(file, text);
  const done = existing === undefined ? 'written' : text === existing ? 'unchanged' : 'completed';
  terminal.note(`${done}: ${relative(process.cwd(), file)}`);
}

/** @returns undefined when it is not the file of a report */
function savedReport(file: string): ReviewReport | undefined {
  if (!existsSync(file) || !statSync(file).isFile()) return undefined;
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
  readonly today: string;
  readonly file: boolean;
}

async function formed(forming: Forming): Promise<string> {
  const { format, report, before, app, terminal, today, file } = forming;
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
      // Loaded when it is asked for: the charts' library is most of what the review is made of.
      return (await import('../../review/forms/html/page.ts')).toHtml(report, {
        version: version(),
        date: today,
      });
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
