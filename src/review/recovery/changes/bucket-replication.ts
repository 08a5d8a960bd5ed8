/** A copy of a bucket in another region. */
import { replicatedBucket } from '../components/bucket.ts';
import { type Change, dataSize, proposalFor } from './model.ts';

export const bucketReplication: Change = {
  id: 'bucket-replication',
  propose: (component, { context }) => {
    const { resource } = component;
    if (resource.type !== 'AWS::S3::Bucket' || component.data !== 'kept') return undefined;
    if (component.options.some((option) => option.scenarios.includes('lost-region') && option.loses === 900))
      return undefined;
    const gb = context.dataGb(resource);
    const basis = dataSize(gb, context, resource);
    return proposalFor(
      'bucket-replication',
      component,
      {
        title: `Replicate ${component.resource.name} to another region`,
        how: 'ReplicationConfiguration with a destination bucket in another region and ReplicationTime; needs versioning on both',
        prices: [
          { priceId: 's3.standard.storage', what: 'the second copy', quantity: gb, basis },
          {
            priceId: 'data-transfer.between-regions',
            what: 'what is written in a month',
            quantity: gb * 0.1,
            basis: {
              ...basis,
              figure: `${gb * 0.1} GB: a tenth of the data is assumed to be new each month`,
              assumed: true,
            },
          },
        ],
      },
      replicatedBucket('the copy in another region', resource, context),
    );
  },
};
