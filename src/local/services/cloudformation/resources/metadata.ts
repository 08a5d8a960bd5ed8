import { resourceType } from '../../../service.ts';

/** What the CDK reports about itself to AWS. */
export const metadata = resourceType({
  type: 'AWS::CDK::Metadata',
  mode: 'inert',
  because: 'it only tells AWS which constructs an app uses',
  honoured: [],
  kept: { Analytics: 'it only tells AWS which constructs an app uses' },
  create: async ({ uniqueName }) => ({ physicalId: uniqueName(128), attributes: {} }),
  update: async ({ physicalId }) => ({ physicalId, attributes: {} }),
  delete: async () => {},
});
