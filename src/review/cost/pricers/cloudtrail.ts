/** Trails: https://aws.amazon.com/cloudtrail/pricing/ */
import { type Resource, storeKind } from '../../../architecture/index.ts';
import { sum } from '../amount.ts';
import { freeOfCharge, line, type Pricer } from './model.ts';
import { mapsIn } from './properties.ts';
import { derived, monthly } from './questions.ts';

/** https://aws.amazon.com/cloudtrail/pricing/ : the first copy of management events is free. */
export const trail: Pricer = {
  types: ['AWS::CloudTrail::Trail'],
  questions: (resource) =>
    dataEvents(resource)
      ? [
          monthly('dataEvents', 'Reads and writes of data that it records', 'event', (flow) => {
            const buckets = flow.app.resources.filter(
              (one) => storeKind(one) === 'bucket' && flow.asks(one, 'gets'),
            );
            return derived(
              sum(
                buckets.flatMap((one) => [flow.of(one, 'gets'), flow.of(one, 'puts')]),
                'event',
              ),
              'every read and write of the buckets in the template',
            );
          }),
        ]
      : [],
  items: (resource, flow) => [
    freeOfCharge(
      'the first copy of management events costs nothing; a second trail in the account would',
      'https://aws.amazon.com/cloudtrail/pricing/',
    ),
    ...(dataEvents(resource) ? [line('cloudtrail.data', flow.of(resource, 'dataEvents'))] : []),
  ],
};

const dataEvents = (resource: Resource): boolean =>
  mapsIn(resource.properties.EventSelectors).some((one) => one.DataResources !== undefined) ||
  JSON.stringify(resource.properties.AdvancedEventSelectors ?? '').includes('"Data"');
