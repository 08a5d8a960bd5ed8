/** RDS and Aurora: https://aws.amazon.com/rds/postgresql/pricing/ and https://aws.amazon.com/rds/aurora/pricing/ */
import { ownersOf, partsOf, type Resource, textAt, valueAt } from '../../../architecture/index.ts';
import { constant, perUse, times } from '../amount.ts';
import { hoursPerMonth } from '../prices/index.ts';
import { type Flow, freeOfCharge, type Item, line, type Pricer, unpriced } from './model.ts';
import { read } from './properties.ts';
import { allMonth, assumed, derived, each, monthly } from './questions.ts';

const page = 'https://aws.amazon.com/rds/pricing/';

const clusterOf = (instance: Resource, flow: Flow): Resource | undefined =>
  ownersOf(flow.app, instance).find(({ type }) => rdsCluster.types.includes(type));

const isOptimized = (cluster: Resource | undefined): boolean =>
  textAt(cluster?.properties, 'StorageType') === 'aurora-iopt1';

/** Aurora's capacity unit-hours, of an instance that scales by itself. */
function serverless(cluster: Resource | undefined, flow: Flow): readonly Item[] {
  if (cluster === undefined)
    return [unpriced('Aurora capacity units', 'its cluster is not in the template', undefined, 'unresolved')];
  const hours = times(flow.of(cluster, 'averageAcu'), hoursPerMonth, `${hoursPerMonth} hours`);
  return [line(isOptimized(cluster) ? 'aurora.serverless-v2.io-optimized' : 'aurora.serverless-v2', hours)];
}

export const rdsInstance: Pricer = {
  types: ['AWS::RDS::DBInstance'],
  items: (instance, flow) => [...databaseItems(instance, flow), ...addressLine(instance)],
};

function databaseItems(instance: Resource, flow: Flow): readonly Item[] {
  const { text, flag, missing } = read(instance);
  const engine = text('Engine', '');
  const cls = text('DBInstanceClass', '');
  const cluster = clusterOf(instance, flow);
  if (engine === undefined || cls === undefined) return missing;
  if (cls === 'db.serverless') return serverless(cluster, flow);
  if (cluster !== undefined || engine.startsWith('aurora')) {
    const suffix = isOptimized(cluster) ? '.io-optimized' : '';
    return [line(`aurora.${cls}${suffix}`, allMonth()), ...missing];
  }
  const multi = flag('MultiAZ', false);
  if (multi === undefined) return missing;
  const zone = multi ? 'multi-az' : 'single-az';
  return [
    line(
      `rds.${engine}.${cls}.${zone}`,
      allMonth(),
      multi ? { note: 'a standby in another zone is in the price' } : {},
    ),
    ...storageLines(instance, zone),
    ...missing,
  ];
}

/** Since February 2024 also the address of a public database is paid: https://aws.amazon.com/vpc/pricing/ */
const addressLine = (instance: Resource): readonly Item[] =>
  String(instance.properties.PubliclyAccessible) === 'true'
    ? [line('vpc.public-ipv4', allMonth('address-hour'))]
    : [];

function storageLines(instance: Resource, zone: string): readonly Item[] {
  const { text, number, missing } = read(instance);
  const type = text('StorageType', instance.properties.Iops === undefined ? 'gp2' : 'io1');
  const size = number('AllocatedStorage', 20);
  const iops = number('Iops', 0);
  if (type === undefined || size === undefined) return missing;
  if (type === 'standard') return [line('rds.magnetic.storage', constant(size, 'GB')), ...missing];
  const items: Item[] = [line(`rds.${type}.storage.${zone}`, constant(size, 'GB'))];
  // gp3 includes 3,000 IOPS: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
  const paid =
    iops === undefined ? 0 : type === 'gp3' ? Math.max(0, iops - 3000) : type.startsWith('io') ? iops : 0;
  if (paid > 0) items.push(line(`rds.${type}.iops.${zone}`, constant(paid, 'IOPS')));
  return [...items, ...missing];
}

export const rdsCluster: Pricer = {
  types: ['AWS::RDS::DBCluster'],
  questions: (cluster) => [
    {
      key: 'averageAcu',
      asks: 'Capacity units in use on average, of each serverless instance',
      unit: 'ACU',
      kind: 'each',
      defaultAnswer: () => {
        const least = read(cluster).number('ServerlessV2ScalingConfiguration.MinCapacity', 0.5) ?? 0.5;
        return derived(
          constant(least, 'ACU'),
          'the minimum of its scaling: how far it rises with load must be measured',
        );
      },
    },
    monthly('storedGB', 'Data stored', 'GB', () => assumed(constant(10, 'GB'), 'a small database')),
    monthly('ios', 'Reads and writes of storage', 'request', (flow) =>
      assumed(perUse(100, 'request'), `a few dozen queries per ${flow.uses.unit}`),
    ),
    monthly('backupGB', 'Backups beyond the free size of the database', 'GB', (flow) => {
      const days = read(cluster).number('BackupRetentionPeriod', 1) ?? 1;
      return days <= 1
        ? derived(constant(0, 'GB'), 'backups of one day are free')
        : assumed(
            times(flow.of(cluster, 'storedGB'), 0.1 * (days - 1), `10 % changed a day × ${days - 1} days`),
            'a tenth of the data changes a day',
          );
    }),
  ],
  items: (cluster, flow) => {
    const { text, missing } = read(cluster);
    const engine = text('Engine', '');
    if (engine === undefined) return missing;
    if (!engine.startsWith('aurora'))
      return [unpriced('Multi-AZ cluster', `the price table has single databases and Aurora only (${page})`)];
    const optimized = isOptimized(cluster);
    const hasInstances = partsOf(flow.app, cluster).some(({ type }) => rdsInstance.types.includes(type));
    const v1 = textAt(cluster.properties, 'EngineMode') === 'serverless';
    const items: Item[] = [
      line(optimized ? 'aurora.storage.io-optimized' : 'aurora.storage', flow.of(cluster, 'storedGB')),
    ];
    if (!optimized) items.push(line('aurora.io', flow.of(cluster, 'ios')));
    items.push(line('aurora.backup', flow.of(cluster, 'backupGB')));
    if (v1)
      items.push(
        unpriced(
          'Aurora Serverless v1 capacity',
          'AWS ended it on 2025-03-31 and the table has no price',
          constant(hoursPerMonth, 'hour'),
        ),
      );
    else if (!hasInstances && valueAt(cluster.properties, 'ServerlessV2ScalingConfiguration') !== undefined)
      items.push(
        unpriced('Instances', 'no instance of the cluster is in the template', undefined, 'unresolved'),
      );
    return [...items, ...missing];
  },
};

export const rdsProxy: Pricer = {
  types: ['AWS::RDS::DBProxy'],
  questions: () => [
    each('databaseVcpus', 'vCPUs of the database behind the proxy', 'vCPU', 2, 'the least that is billed'),
  ],
  items: (proxy, flow) => [
    line('rds.proxy', times(flow.of(proxy, 'databaseVcpus'), hoursPerMonth, `${hoursPerMonth} hours`)),
  ],
};

export const rdsParts: Pricer = {
  types: [
    'AWS::RDS::DBSubnetGroup',
    'AWS::RDS::DBParameterGroup',
    'AWS::RDS::DBClusterParameterGroup',
    'AWS::RDS::DBSecurityGroup',
    'AWS::RDS::DBProxyTargetGroup',
    'AWS::RDS::DBProxyEndpoint',
    'AWS::RDS::EventSubscription',
    'AWS::RDS::OptionGroup',
    'AWS::DocDB::DBSubnetGroup',
    'AWS::DocDB::DBClusterParameterGroup',
    'AWS::Neptune::DBSubnetGroup',
    'AWS::Neptune::DBParameterGroup',
    'AWS::Neptune::DBClusterParameterGroup',
  ],
  items: () => [freeOfCharge('groups, parameters and users of a database cost nothing', page)],
};

export const globalCluster: Pricer = {
  types: ['AWS::RDS::GlobalCluster'],
  items: () => [
    unpriced(
      'Replicated writes',
      'the price table has no row for Aurora Global Database (https://aws.amazon.com/rds/aurora/pricing/)',
    ),
  ],
};
