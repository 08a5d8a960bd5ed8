/** The questions of the `load` part of the review file, from the template: arrivals, service times, objectives. */
import { type Architecture, type Resource, storeKind } from '../../../architecture/index.ts';
import { type Entry, entriesOf, type ReviewFilePart } from '../../inputs/init-part.ts';
import { modelOf, type TemplateModel } from '../model/build.ts';
import { namesIn } from './names.ts';

export function loadQuestions(app: Architecture): ReviewFilePart {
  const model = modelOf(app);
  const entries = model.entries.filter(({ byDefault }) => byDefault);
  const arrivals = entries.map((entry) => ({
    names: [entry.id],
    lines: [`${quoted(entry.id)}: ${entry.rate === undefined ? '1 per second' : rateText(entry)}`],
  }));
  const others = model.entries
    .filter(({ byDefault }) => !byDefault)
    .map(({ id }) => `    # ${quoted(id)}: 1 per second\n`);
  const work = workEntries(model);
  const objectives = entries
    .filter(({ how }) => how !== 'send')
    .slice(0, 20)
    .map(
      ({ id }) => `    # - entry: ${quoted(id)}\n    #   answered: { p95: 1s }\n    #   done: { p95: 30s }\n`,
    );
  return {
    key: 'load',
    text: `# How the app is used over time, for the capacity simulation. Times: 250ms, 5s, 10min, 1h. Rates: 2 per second,
# 100 per hour, 4 per POST /jobs. Every name is one of the template's.
load:
  # The same seed gives the same result.
  seed: 1
  # Simulated time; what happens in the warm-up is not counted.
  duration: 1h
  warmUp: 10min
  # How often is each used? Other shapes than a steady rate:
  #   rate: { daily: { mean: 2 per second, peakRatio: 1.8, peakAt: 14h } }          (with duration: 24h)
  #   rate: { spike: { base: 1 per second, peak: 50 per second, at: 20min, length: 5min } }
  #   rate: { ramp: { from: 1 per second, to: 100 per second, length: 40min } }
  #   rate: { recorded: { points: [[0, 1 per second], [10min, 5 per second]] } }
  # Does the client retry or give up?   retry: 3      timeout: 10s
  arrivals:
${entriesOf(arrivals, 4)}${others.join('')}  # How long does each take, without the calls it waits for? { p50, p95 }, a constant, { samples: [..] }, or \`measured\`
  # (by slipway measure). Delete a line to take the default, which the report marks as assumed.
  work:
${entriesOf(work, 4)}  # What must hold? answered: the client's answer; done: the last asynchronous part behind it.
  objectives:
    - errors: 1%
    - deadLetters: 0
${objectives.join('')}`,
    growing: [
      { path: ['load', 'arrivals'], entries: arrivals },
      { path: ['load', 'work'], entries: work },
    ],
  };
}

const rateText = (entry: TemplateModel['entries'][number]): string => {
  const rate = entry.rate?.rate;
  const value = rate?.kind === 'steady' ? rate.rate : 1;
  return `${Number(((typeof value === 'number' ? value : value.value) * 3_600).toPrecision(6))} per hour`;
};

/** One entry for each resource that has times of its own. */
function workEntries(model: TemplateModel): Entry[] {
  const names = namesIn(model);
  const seen = new Set<string>();
  return [...model.built.values()].flatMap(({ node, resource }) => {
    const lines = workLines(node, resource);
    if (seen.has(resource.id) || lines.length === 0) return [];
    seen.add(resource.id);
    const label = names.labelOf(resource.id);
    return [
      {
        names: [label, ...names.namesOf(resource.id)],
        lines: [`${quoted(label)}:`, ...lines.map((line) => `  ${line}`)],
      },
    ];
  });
}

type BuiltNode = TemplateModel['built'] extends ReadonlyMap<string, { readonly node: infer N }> ? N : never;

function workLines(node: BuiltNode, resource: Resource): readonly string[] {
  switch (node.kind) {
    case 'function':
      return ['time: { p50: 100ms, p95: 300ms }', '# coldStart: { p50: 400ms, p95: 1s }', '# failure: 0.1%'];
    case 'workers':
      return [
        `time: ${node.takes.kind === 'messages' ? '{ p50: 1s, p95: 3s }' : '{ p50: 100ms, p95: 300ms }'}`,
        node.takes.kind === 'messages'
          ? 'concurrency: 1     # jobs that one task works on at once'
          : 'concurrency: 10    # requests that one task answers at once',
        '# startUp: { min: 53s, max: 62s }   # from the decision to scale until the task takes work',
        '# failure: 0.1%',
      ];
    case 'endpoint':
      return ['time: { p50: 200ms, p95: 600ms }', '# concurrency: 1', '# startUp: { p50: 5min, p95: 10min }'];
    case 'database':
      return storeKind(resource) === 'table'
        ? []
        : [
            'time: { p50: 5ms, p95: 25ms }',
            '# parallelism: 8        # queries at once at full speed',
            '# connectionsPerClient: 1',
          ];
    default:
      return [];
  }
}

const quoted = (name: string): string =>
  /^[A-Za-z0-9/][A-Za-z0-9 /_.-]*$/.test(name) ? name : `'${name.replaceAll("'", "''")}'`;
