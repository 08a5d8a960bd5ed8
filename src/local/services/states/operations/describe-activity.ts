import { operation } from '../../../service.ts';
import { readActivity } from '../arns.ts';
import type { StatesContext } from '../context.ts';
import { noActivity } from '../errors.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeActivity.html */
export const describeActivity = ({ records }: StatesContext) =>
  operation('states', 'DescribeActivity', {
    accepts: 'all',
    access: ({ activityArn: resource = '' }) => ({ action: 'states:DescribeActivity', resource }),
    handle({ activityArn: arn = '' }) {
      const found = records.activities.get([readActivity(arn)]);
      if (!found) throw noActivity(arn);
      return {
        activityArn: arn,
        name: found.name,
        creationDate: new Date(found.created),
        encryptionConfiguration: { type: 'AWS_OWNED_KEY' as const },
      };
    },
  });
