/** Kinesis streams and Kafka clusters. */
import { numberAt, subnetIdsOf } from '../../../architecture/index.ts';
import { severalZones, steps } from '../figures.ts';
import type { ComponentModel } from '../model.ts';
import { automatic, redeploy, unaffected } from '../options.ts';
import { optionsOfCopies } from '../running-copies.ts';
import { zonesOf } from '../zones.ts';

export const kinesisStream: ComponentModel = {
  types: ['AWS::Kinesis::Stream'],
  read: (resource) => {
    const hours = numberAt(resource.properties, 'RetentionPeriodHours') ?? 24;
    const basis = {
      figure: `records can be read again for ${typeof hours === 'number' ? hours : 24} h`,
      source: `${resource.id}/Properties/RetentionPeriodHours`,
      assumed: false,
    };
    return {
      kind: 'queue',
      label: 'Kinesis stream',
      data: 'transit',
      options: [
        unaffected(
          ['lost-instance', 'lost-zone'],
          'replicates records over three zones',
          severalZones.kinesis,
        ),
        automatic(['software-fault'], 'lets a mended consumer read the records again', [], null, [basis]),
      ],
    };
  },
};

export const kafkaCluster: ComponentModel = {
  types: ['AWS::MSK::Cluster'],
  read: (resource, context) => {
    const { zones } = zonesOf(context.app, subnetIdsOf(resource));
    const brokers = numberAt(resource.properties, 'NumberOfBrokerNodes') ?? zones.length;
    const copies = typeof brokers === 'number' ? brokers : 1;
    return {
      kind: 'queue',
      label: 'Kafka cluster',
      data: 'transit',
      options: optionsOfCopies({
        what: 'broker',
        copies,
        zones: Math.max(1, zones.length),
        takeOver: [],
        replace: [steps.nodeReplaced],
        otherZone: [redeploy(context.inputs)],
      }),
      doubts:
        typeof brokers === 'number'
          ? []
          : [{ scenarios: ['lost-instance', 'lost-zone'], what: brokers.reason }],
      copies,
      ...(zones.length === 0 ? {} : { zones }),
    };
  },
};

export const kafkaServerless: ComponentModel = {
  types: ['AWS::MSK::ServerlessCluster'],
  read: () => ({
    kind: 'queue',
    label: 'Kafka serverless cluster',
    data: 'transit',
    options: [
      unaffected(
        ['software-fault', 'lost-instance', 'lost-zone'],
        'is run by AWS over several zones',
        severalZones.generic('msk/latest/developerguide/serverless.html'),
      ),
    ],
  }),
};
