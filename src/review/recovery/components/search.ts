/** OpenSearch domains and serverless collections. */
import { flagAt, isUnresolved, numberAt, textAt } from '../../../architecture/index.ts';
import { losses, restores, severalZones, steps } from '../figures.ts';
import type { ComponentModel, Doubt } from '../model.ts';
import { doubtOf, manual, unaffected } from '../options.ts';
import { optionsOfCopies } from '../running-copies.ts';
import { withoutCopy } from '../stored-data.ts';

export const searchDomain: ComponentModel = {
  types: ['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'],
  read: (resource, context) => {
    const doubts: Doubt[] = [];
    const config = resource.type.includes('Elasticsearch') ? 'ElasticsearchClusterConfig' : 'ClusterConfig';
    const count = numberAt(resource.properties, `${config}.InstanceCount`) ?? 1;
    const aware = flagAt(resource.properties, `${config}.ZoneAwarenessEnabled`);
    for (const [value, name] of [
      [count, 'InstanceCount'],
      [aware, 'ZoneAwarenessEnabled'],
    ] as const)
      if (isUnresolved(value))
        doubts.push(doubtOf(['lost-instance', 'lost-zone'], `${resource.name}/${name}`, value));
    const nodes = typeof count === 'number' ? count : 1;
    const awareZones =
      numberAt(resource.properties, `${config}.ZoneAwarenessConfig.AvailabilityZoneCount`) ?? 2;
    const zones = aware === true ? (typeof awareZones === 'number' ? awareZones : 2) : 1;
    const restore = context.restore(resource, restores.search);
    const hourly = manual(
      ['software-fault', 'lost-zone', ...(nodes === 1 ? (['lost-instance'] as const) : [])],
      'is restored from the hourly snapshot',
      [restore],
      3_600,
      [losses.openSearchHourly],
    );
    const ofCopies =
      nodes > 1
        ? optionsOfCopies({
            what: 'node',
            copies: nodes,
            zones,
            takeOver: [],
            replace: [steps.nodeReplaced],
            otherZone: [restore],
            loses: { loses: 3_600, lossBasis: [losses.openSearchHourly] },
          }).map((option) => ({
            ...option,
            scenarios: option.scenarios.filter((scenario) => scenario !== 'software-fault'),
          }))
        : [];
    return {
      kind: 'database',
      label: 'OpenSearch domain',
      data: 'kept',
      options: [withoutCopy(['software-fault']), hourly, ...ofCopies],
      doubts,
      copies: nodes,
      zones: Array.from({ length: zones }, (_, index) => `zone ${index + 1}`),
    };
  },
};

export const searchCollection: ComponentModel = {
  types: ['AWS::OpenSearchServerless::Collection'],
  read: (resource) => {
    const standby = textAt(resource.properties, 'StandbyReplicas') !== 'DISABLED';
    const page = 'opensearch-service/latest/developerguide/serverless-overview.html';
    return {
      kind: 'database',
      label: 'OpenSearch collection',
      data: 'kept',
      options: [
        withoutCopy(['software-fault']),
        unaffected(
          ['lost-instance'],
          'keeps its data in S3 and replaces its workers',
          severalZones.generic(page),
        ),
        standby
          ? unaffected(['lost-zone'], 'has standby replicas in another zone', severalZones.generic(page))
          : manual(
              ['lost-zone'],
              'waits until AWS starts its workers in another zone',
              [steps.nodeReplaced],
              null,
              [severalZones.generic(page)],
            ),
      ],
      ...(standby ? {} : { zones: ['one zone'], copies: 1 }),
    };
  },
};
