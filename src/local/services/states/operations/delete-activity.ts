import { operation } from '../../../service.ts';
import { readActivity } from '../arns.ts';
import type { StatesContext } from '../context.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteActivity.html */
export const deleteActivity = ({ records }: StatesContext) =>
  operation('states', 'DeleteActivity', {
    accepts: 'all',
    access: ({ activityArn: resource = '' }) => ({ action: 'states:DeleteActivity', resource }),
    handle({ activityArn: arn = '' }) {
      records.activities.delete([readActivity(arn)]);
      return {};
    },
  });
