/** The distributions of CloudFront that have a resource (an API, a bucket, a load balancer, a URL) as an origin. */
import type { Architecture, Resource } from '../app/model.ts';
import { triggersOf } from './triggers.ts';

export const distributionsBefore = (app: Architecture, origin: Resource): readonly Resource[] => [
  ...new Set(
    triggersOf(app, origin)
      .filter(
        ({ from, wires }) =>
          from.type === 'AWS::CloudFront::Distribution' &&
          wires.some(({ property }) => property.startsWith('DistributionConfig.Origins.')),
      )
      .map(({ from }) => from),
  ),
];
