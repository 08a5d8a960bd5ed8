/**
 * `max_connections` of a database, from its parameter group or by the default formula of its engine:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections and
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Performance.html
 * The formulas take the memory left to the engine; this takes all of the class, so the true limit is a little lower.
 */
import {
  databasesBehind,
  isUnresolved,
  numberAt,
  type Resource,
  storeKind,
  textAt,
  valueAt,
} from '../../../architecture/index.ts';
import type { Sourced } from '../simulator/model.ts';
import type { Draft } from './context.ts';
import { memoryOf } from './instance-classes.ts';

const rds = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html';
const auroraMysql =
  'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Performance.html';
const serverless =
  'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html';
const gib = 1024 ** 3;

type Answer = Sourced | { readonly because: string };

/** The instances of a cluster; an instance stands for itself. */
function instancesOf(draft: Draft, database: Resource): readonly Resource[] {
  const instances = database.usedBy
    .map(({ to }) => to)
    .filter((to) => storeKind(to) === 'database' && databasesBehind(draft.app, to).includes(database));
  return instances.length === 0 ? [database] : [...new Set(instances)];
}

export function maxConnectionsOf(draft: Draft, database: Resource): Answer {
  const own = fromParameters(draft, database);
  if (own !== undefined) return own;
  const engine = textAt(database.properties, 'Engine');
  if (isUnresolved(engine) || engine === undefined)
    return { because: isUnresolved(engine) ? engine.reason : 'the engine is not given' };
  const acu = numberAt(database.properties, 'ServerlessV2ScalingConfiguration.MaxCapacity');
  if (typeof acu === 'number') {
    const minimum = numberAt(database.properties, 'ServerlessV2ScalingConfiguration.MinCapacity');
    const found = formula(engine, acu * 2, `at ${acu} ACU, 2 GiB each (${serverless})`);
    // "Aurora PostgreSQL: 2,000 when the minimum is 0 or 0.5 ACU", same page.
    if ('value' in found && /postgres/.test(engine) && typeof minimum === 'number' && minimum < 1)
      return found.value <= 2_000
        ? found
        : { value: 2_000, source: `at most 2,000 with a minimum of ${minimum} ACU: ${serverless}` };
    return found;
  }
  const classes = instancesOf(draft, database).map(({ properties }) => textAt(properties, 'DBInstanceClass'));
  const known = classes.filter((name) => typeof name === 'string');
  const [first] = known;
  if (first === undefined) return { because: 'the instance class is not known' };
  const memory = memoryOf(first);
  return memory === undefined
    ? { because: `the memory of ${first} is not in the table of instance classes` }
    : formula(engine, memory, `${first}, ${memory} GiB`);
}

function formula(engine: string, memoryGib: number, of: string): Answer {
  const bytes = memoryGib * gib;
  if (/postgres/.test(engine))
    return {
      value: Math.min(5_000, Math.floor(bytes / 9_531_392)),
      source: `LEAST(memory/9531392, 5000), ${of}: ${rds}`,
    };
  if (engine === 'aurora-mysql') {
    const value = Math.max(Math.log2(bytes / 805_306_368) * 45, Math.log2(bytes / 8_187_281_408) * 1_000);
    return {
      value: Math.max(16, Math.floor(value)),
      source: `GREATEST(log2(memory/805306368)*45, log2(memory/8187281408)*1000), ${of}: ${auroraMysql}`,
    };
  }
  if (/^(mysql|mariadb)$/.test(engine))
    return { value: Math.floor(bytes / 12_582_880), source: `memory/12582880, ${of}: ${rds}` };
  return { because: `no formula for the connections of ${engine}` };
}

function fromParameters(draft: Draft, database: Resource): Sourced | undefined {
  const groups = [database, ...instancesOf(draft, database)].flatMap(({ properties }) =>
    ['DBParameterGroupName', 'DBClusterParameterGroupName'].flatMap((name) =>
      draft.app.namedIn(valueAt(properties, name)),
    ),
  );
  for (const group of groups) {
    const value = numberAt(group.properties, 'Parameters.max_connections');
    if (typeof value === 'number')
      return { value, source: `${group.id}/Properties/Parameters/max_connections` };
  }
  return undefined;
}
