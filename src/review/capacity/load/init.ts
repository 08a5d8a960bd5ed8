/**
 * Writes a load file with the questions to answer, from the template. Given an existing file, keeps every word of it
 * and adds what the template has gained.
 */
import { isMap, parseDocument, YAMLMap } from 'yaml';
import type { Architecture } from '../../../architecture/index.ts';
import { modelOf, type TemplateModel } from '../model/build.ts';
import { namesIn } from './names.ts';

const head = `# How the system is used, for the capacity review (slipway review).
# Times: 250ms, 5s, 10min, 1h. Rates: 2 per second, 100 per hour, 4 per POST /jobs. Every name is one of the template's.

# The same seed gives the same result.
seed: 1
# Simulated time; what happens in the warm-up is not counted.
duration: 1h
warmUp: 10min
`;

const arrivalsQuestion = `
# How often is each used? Other shapes than a steady rate:
#   rate: { daily: { mean: 2 per second, peakRatio: 1.8, peakAt: 14h } }          (with duration: 24h)
#   rate: { spike: { base: 1 per second, peak: 50 per second, at: 20min, length: 5min } }
#   rate: { ramp: { from: 1 per second, to: 100 per second, length: 40min } }
#   rate: { recorded: { points: [[0, 1 per second], [10min, 5 per second]] } }
# Does the client retry or give up?   retry: 3      timeout: 10s
`;

const workQuestion = `
# How long does each take, without the calls it waits for? { p50, p95 }, a constant, { samples: [..] }, or \`measured\`
# (from a local run). Delete a line to take the stated default, which the report marks as assumed.
`;

const objectivesQuestion = `
# What must hold? answered: the client's answer; done: the last asynchronous part behind it.
`;

export function initLoad(app: Architecture, existing?: string): string {
  const model = modelOf(app);
  return existing === undefined || existing.trim() === '' ? fresh(model) : extended(model, existing);
}

function fresh(model: TemplateModel): string {
  const entries = model.entries.filter(({ byDefault }) => byDefault);
  const others = model.entries.filter(({ byDefault }) => !byDefault);
  const lines = [head, arrivalsQuestion.trimStart(), 'arrivals:'];
  for (const entry of entries)
    lines.push(`  ${quoted(entry.id)}: ${entry.rate === undefined ? '1 per second' : rateText(entry)}`);
  if (entries.length === 0) lines[lines.length - 1] = 'arrivals: {}';
  for (const entry of others) lines.push(`  # ${quoted(entry.id)}: 1 per second`);
  const work = workLines(model);
  lines.push(workQuestion.trimEnd(), work.length === 0 ? 'work: {}' : 'work:', ...work);
  lines.push(objectivesQuestion.trimEnd(), 'objectives:', '  - errors: 1%', '  - deadLetters: 0');
  for (const entry of entries.filter(({ how }) => how !== 'send').slice(0, 20))
    lines.push(`  # - entry: ${quoted(entry.id)}`, '  #   answered: { p95: 1s }', '  #   done: { p95: 30s }');
  return `${lines.join('\n')}\n`;
}

const rateText = (entry: TemplateModel['entries'][number]): string => {
  const rate = entry.rate?.rate;
  const value = rate?.kind === 'steady' ? rate.rate : 1;
  return `${Number(((typeof value === 'number' ? value : value.value) * 3_600).toPrecision(6))} per hour`;
};

/** One block per resource that has times of its own. */
function workLines(model: TemplateModel): string[] {
  const names = namesIn(model);
  const seen = new Set<string>();
  return [...model.built.values()].flatMap(({ node, resource }) => {
    if (seen.has(resource.id)) return [];
    seen.add(resource.id);
    const name = `  ${quoted(names.labelOf(resource.id))}:`;
    switch (node.kind) {
      case 'function':
        return [
          name,
          '    time: { p50: 100ms, p95: 300ms }',
          '    # coldStart: { p50: 400ms, p95: 1s }',
          '    # failure: 0.1%',
        ];
      case 'workers':
        return [
          name,
          `    time: ${node.takes.kind === 'messages' ? '{ p50: 1s, p95: 3s }' : '{ p50: 100ms, p95: 300ms }'}`,
          node.takes.kind === 'messages'
            ? '    concurrency: 1     # jobs that one task works on at once'
            : '    concurrency: 10    # requests that one task answers at once',
          '    # startUp: { min: 53s, max: 62s }   # from the decision to scale until the task takes work',
          '    # failure: 0.1%',
        ];
      case 'endpoint':
        return [
          name,
          '    time: { p50: 200ms, p95: 600ms }',
          '    # concurrency: 1',
          '    # startUp: { p50: 5min, p95: 10min }',
        ];
      case 'database':
        return resource.type.startsWith('AWS::DynamoDB::')
          ? []
          : [
              name,
              '    time: { p50: 5ms, p95: 25ms }',
              '    # parallelism: 8        # queries at once at full speed',
              '    # connectionsPerClient: 1',
            ];
      default:
        return [];
    }
  });
}

const quoted = (name: string): string =>
  /^[A-Za-z0-9/][A-Za-z0-9 /_.-]*$/.test(name) ? name : `'${name.replaceAll("'", "''")}'`;

function extended(model: TemplateModel, existing: string): string {
  const document = parseDocument(existing);
  if (document.errors.length > 0) return existing;
  const names = namesIn(model);
  const arrivals = document.get('arrivals');
  const work = document.get('work');
  const target = (name: string, found: unknown): YAMLMap => {
    if (isMap(found)) return found;
    const made = new YAMLMap();
    document.set(name, made);
    return made;
  };
  const into = target('arrivals', arrivals);
  for (const entry of model.entries.filter(({ byDefault }) => byDefault))
    if (!into.has(entry.id)) into.set(entry.id, entry.rate === undefined ? '1 per second' : rateText(entry));
  const works = target('work', work);
  const stated = new Set(works.items.map(({ key }) => names.resource(String(key))));
  const wanted = parseDocument(`${workLines(model).join('\n')}\n`).contents;
  if (isMap(wanted))
    for (const pair of wanted.items)
      if (!stated.has(names.resource(String(pair.key)))) works.items.push(pair);
  return document.toString();
}
