/** Buckets: https://aws.amazon.com/s3/pricing/ . Storage is that of a bucket that has been in use long enough. */
import {
  distributionsBefore,
  logWritersOf,
  numberAt,
  type Resource,
  textAt,
  triggeredBy,
  valueAt,
} from '../../../architecture/index.ts';
import { type Amount, constant, isZero, linear, perUse, sum, times } from '../amount.ts';
import { assumption, type Flow, type Item, line, type Pricer, type Question } from './model.ts';
import { mapsIn } from './properties.ts';
import { assumed, byCallers, derived, each, kbPerGb, monthly, perGb } from './questions.ts';

const daysPerMonth = 30.4;
const putActions = ['s3:PutObject'];
const getActions = ['s3:GetObject'];

interface Stretch {
  readonly storage: string;
  readonly months: number;
}

const rowNames: Readonly<Record<string, string>> = {
  STANDARD: 'standard',
  STANDARD_IA: 'standard-ia',
  ONEZONE_IA: 'onezone-ia',
  INTELLIGENT_TIERING: 'intelligent-tiering',
  GLACIER_IR: 'glacier-ir',
  GLACIER: 'glacier',
  DEEP_ARCHIVE: 'deep-archive',
};

/** The rules that hold for every object, merged: at which age which class, and when deleted. */
function lifecycleOf(bucket: Resource) {
  const rules = mapsIn(valueAt(bucket.properties, 'LifecycleConfiguration.Rules')).filter(
    (rule) => rule.Status === 'Enabled',
  );
  const isWhole = (rule: (typeof rules)[number]) =>
    (rule.Prefix === undefined || rule.Prefix === '') && rule.TagFilters === undefined;
  const partial = rules.filter((rule) => !isWhole(rule)).length;
  let expiryDays: number | undefined;
  const moves: { days: number; storage: string }[] = [];
  for (const rule of rules.filter(isWhole)) {
    const days = numberAt(rule, 'ExpirationInDays');
    if (typeof days === 'number') expiryDays = Math.min(days, expiryDays ?? days);
    for (const move of [...mapsIn(rule.Transitions), ...mapsIn([rule.Transition ?? ''])]) {
      const after = numberAt(move, 'TransitionInDays');
      const storage = textAt(move, 'StorageClass');
      if (typeof after === 'number' && typeof storage === 'string') moves.push({ days: after, storage });
    }
  }
  return { expiryDays, moves: moves.sort((a, b) => a.days - b.days), partial };
}

/**
 * Since September 2024 a lifecycle leaves objects under 128 KB where they are, unless the bucket or the rule says
 * otherwise: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 */
const leastMovedKB = 128;
const movesSmall = (bucket: Resource): boolean =>
  valueAt(bucket.properties, 'LifecycleConfiguration.TransitionDefaultMinimumObjectSize') ===
    'varies_by_storage_class' ||
  mapsIn(valueAt(bucket.properties, 'LifecycleConfiguration.Rules')).some(
    (rule) => rule.ObjectSizeGreaterThan !== undefined,
  );

/** How long an object that is kept so many months spends in each class. */
function stretchesOf(bucket: Resource, keptMonths: number, objectKB: number): readonly Stretch[] {
  const moves = objectKB < leastMovedKB && !movesSmall(bucket) ? [] : lifecycleOf(bucket).moves;
  const starts = [{ days: 0, storage: 'STANDARD' }, ...moves];
  return starts.flatMap(({ days, storage }, index) => {
    const end = Math.min(keptMonths, (starts[index + 1]?.days ?? Number.POSITIVE_INFINITY) / daysPerMonth);
    const months = end - days / daysPerMonth;
    return months > 0 ? [{ storage, months }] : [];
  });
}

/** Distributions and buckets that write their access logs here. */
const logSources = (bucket: Resource, flow: Flow): readonly Resource[] =>
  logWritersOf(flow.app, bucket).filter((one) => flow.asks(one, 'requests') || flow.asks(one, 'gets'));

/** What is set off by its objects has work only when somebody outside puts them there. */
const outsidePuts = (bucket: Resource, flow: Flow): Amount =>
  valueAt(bucket.properties, 'NotificationConfiguration.EventBridgeConfiguration') !== undefined ||
  triggeredBy(flow.app, bucket).some(({ kind }) => kind === 'event')
    ? perUse(1, 'request')
    : constant(0, 'request');

const browsersRead = (bucket: Resource): boolean =>
  mapsIn(valueAt(bucket.properties, 'CorsConfiguration.CorsRules')).some((rule) =>
    JSON.stringify(rule.AllowedMethods ?? '').includes('"GET"'),
  );

function questions(bucket: Resource, flow: Flow): readonly Question[] {
  const logged = logSources(bucket, flow);
  const { expiryDays } = lifecycleOf(bucket);
  if (logged.length > 0)
    return [
      monthly('logLines', 'Access-log lines written here', 'line', () =>
        derived(
          sum(
            logged.flatMap((one) =>
              flow.asks(one, 'requests')
                ? [flow.of(one, 'requests')]
                : [flow.of(one, 'puts'), flow.of(one, 'gets')],
            ),
            'line',
          ),
          `one for each request of ${[...new Set(logged.map(({ name }) => name))].join(', ')}`,
        ),
      ),
      each('lineKB', 'Size of a log line', 'KB', 0.5, 'an access-log line has about 500 bytes'),
      kept(expiryDays),
      storedFrom('logLines', 'lineKB', bucket),
      monthly('puts', 'Log files delivered', 'request', () =>
        assumed(constant(0, 'request'), 'AWS writes the log files, and only their storage is paid'),
      ),
      monthly('gets', 'Log files read', 'request', () =>
        assumed(constant(0, 'request'), 'nobody reads them'),
      ),
    ];
  const before = distributionsBefore(flow.app, bucket);
  if (before.length > 0)
    return [
      monthly('gets', 'Objects read', 'request', () =>
        derived(
          sum(
            before.map((one) => flow.of(one, 'misses')),
            'request',
          ),
          `what ${before.map(({ name }) => name).join(', ')} does not have in its cache`,
        ),
      ),
      monthly('puts', 'Objects written, copied or listed', 'request', () =>
        assumed(constant(100, 'request'), 'a few deployments of the page'),
      ),
      monthly('storedGB', 'Data stored', 'GB', () =>
        assumed(constant(0.05, 'GB'), 'the page and its assets, and a few older versions'),
      ),
    ];
  return [
    monthly('puts', 'Objects written, copied or listed', 'request', (asked) =>
      byCallers(asked, bucket, 'request', putActions, outsidePuts(bucket, asked)),
    ),
    monthly('gets', 'Objects read', 'request', (asked) => byCallers(asked, bucket, 'request', getActions)),
    each('objectKB', 'Size of an object', 'KB', 100, 'a document or a small picture'),
    kept(expiryDays),
    storedFrom('puts', 'objectKB', bucket),
    monthly('outGB', 'Data that browsers and others outside AWS read directly', 'GB', (asked) =>
      !browsersRead(bucket)
        ? derived(constant(0, 'GB'), 'it has no CORS rule for GET, so no page reads it directly')
        : derived(
            times(times(asked.of(bucket, 'gets'), asked.of(bucket, 'objectKB')), 1 / kbPerGb, perGb),
            'its CORS rule lets browsers read it, and every read is taken to be one of theirs',
          ),
    ),
  ];
}

const kept = (expiryDays: number | undefined): Question => ({
  key: 'keptMonths',
  asks: 'How long objects are kept',
  unit: 'month',
  kind: 'each',
  defaultAnswer: () =>
    expiryDays === undefined
      ? assumed(constant(12, 'month'), 'nothing deletes them; this is after a year')
      : derived(
          constant(expiryDays / daysPerMonth, 'month'),
          `its lifecycle deletes them after ${expiryDays} days`,
        ),
});

const storedFrom = (count: string, size: string, bucket: Resource): Question =>
  monthly('storedGB', 'Data stored', 'GB', (flow) =>
    derived(
      times(
        times(times(flow.of(bucket, count), flow.of(bucket, size)), flow.of(bucket, 'keptMonths')),
        1 / kbPerGb,
        perGb,
      ),
      'what is written a month × its size × how long it is kept',
    ),
  );

export const s3Bucket: Pricer = {
  types: ['AWS::S3::Bucket'],
  work: 'puts',
  questions,
  items: (bucket, flow) => {
    const items: Item[] = [];
    const stored = flow.of(bucket, 'storedGB');
    const months = flow.asks(bucket, 'keptMonths')
      ? flow.of(bucket, 'keptMonths').quantity(flow.uses.expected)
      : 1;
    const size = flow.asks(bucket, 'objectKB')
      ? flow.of(bucket, 'objectKB').quantity(flow.uses.expected)
      : leastMovedKB;
    const stretches = flow.asks(bucket, 'keptMonths')
      ? stretchesOf(bucket, months, size)
      : [{ storage: 'STANDARD', months: 1 }];
    const total = stretches.reduce((all, { months: part }) => all + part, 0);
    const puts = flow.of(bucket, 'puts');
    for (const { storage, months: part } of stretches) {
      const row = rowNames[storage] ?? storage.toLowerCase();
      const share = total === 0 ? 0 : part / total;
      const quantity =
        share === 1
          ? stored
          : times(stored, share, `${Math.round(share * 1000) / 10} % of the time in ${storage}`);
      if (storage === 'INTELLIGENT_TIERING') items.push(...intelligent(bucket, flow, quantity, part));
      else items.push(line(`s3.${row}.storage`, quantity));
      if (storage !== 'STANDARD')
        items.push(
          line(`s3.${row}.transition`, flow.asks(bucket, 'logLines') ? linear(0, 0, 'request') : puts),
        );
    }
    items.push(line('s3.standard.put', puts), line('s3.standard.get', flow.of(bucket, 'gets')));
    if (flow.asks(bucket, 'outGB') && !isZero(flow.of(bucket, 'outGB')))
      items.push(line('data-transfer.out', flow.of(bucket, 'outGB')));
    if (textAt(bucket.properties, 'AccelerateConfiguration.AccelerationStatus') === 'Enabled')
      items.push(
        line(
          's3.transfer-acceleration',
          flow.asks(bucket, 'objectKB')
            ? times(times(puts, flow.of(bucket, 'objectKB')), 1 / kbPerGb, perGb)
            : constant(0, 'GB'),
        ),
      );
    const { partial, moves } = lifecycleOf(bucket);
    if (moves.length > 0 && stretches.length === 1 && size < leastMovedKB)
      items.push(
        assumption(
          'Lifecycle',
          `objects of ${size} KB stay in STANDARD`,
          'a lifecycle leaves objects under 128 KB where they are unless told otherwise, so its transition never happens',
        ),
      );
    if (partial > 0)
      items.push(
        assumption(
          'Lifecycle',
          `${partial} rule(s) left out`,
          'they hold for some objects only (a prefix or tags), and how many is not known',
        ),
      );
    if (textAt(bucket.properties, 'VersioningConfiguration.Status') === 'Enabled')
      items.push(
        assumption(
          'Older versions',
          'none',
          'the bucket is versioned: objects that are overwritten or deleted stay and are paid until their rule deletes them',
        ),
      );
    return items;
  },
};

/** Thirty days in the frequent tier, as for objects nobody reads again; monitored one by one. */
function intelligent(bucket: Resource, flow: Flow, stored: Amount, months: number): readonly Item[] {
  const frequent = Math.min(1, 1 / Math.max(months, 0.01));
  const objects = flow.asks(bucket, 'objectKB')
    ? times(flow.of(bucket, 'puts'), months, `${Math.round(months * 10) / 10} months`)
    : constant(0, 'object');
  return [
    line('s3.intelligent-tiering.frequent', times(stored, frequent, 'share of the first month')),
    ...(frequent < 1
      ? [line('s3.intelligent-tiering.infrequent', times(stored, 1 - frequent, 'share of later months'))]
      : []),
    line('s3.intelligent-tiering.monitoring', objects),
  ];
}
