/** Continuous backups of a DynamoDB table. */
import { pointInTime } from '../components/table.ts';
import { type Change, dataSize, proposalFor } from './model.ts';

export const pointInTimeRecovery: Change = {
  id: 'point-in-time-recovery',
  propose: (component, { context }) => {
    const { resource } = component;
    if (!resource.type.startsWith('AWS::DynamoDB::')) return undefined;
    const options = pointInTime(resource, context);
    if (
      component.options.some(({ loses, scenarios }) => loses === 300 && scenarios.includes('software-fault'))
    )
      return undefined;
    const gb = context.dataGb(resource);
    return proposalFor(
      'point-in-time-recovery',
      component,
      {
        title: `Turn on point-in-time recovery for ${component.resource.name}`,
        how: 'PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } (CDK: pointInTimeRecoverySpecification)',
        prices: [
          {
            priceId: 'dynamodb.pitr',
            what: 'continuous backup',
            quantity: gb,
            basis: dataSize(gb, context, resource),
          },
        ],
      },
      options,
    );
  },
};
