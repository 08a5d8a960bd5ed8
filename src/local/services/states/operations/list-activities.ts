import { operation } from '../../../service.ts';
import { activityArn, limitOf, page, type StatesContext } from '../context.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListActivities.html */
export const listActivities = (context: StatesContext) =>
  operation('states', 'ListActivities', {
    accepts: 'all',
    access: () => ({ action: 'states:ListActivities', resource: '*' }),
    handle({ maxResults, nextToken }) {
      const all = [...context.records.activities.values()];
      const { items, next } = page(all, nextToken, limitOf(maxResults), ({ name }) => name);
      return {
        activities: items.map(({ name, created }) => ({
          activityArn: activityArn(context, name),
          name,
          creationDate: new Date(created),
        })),
        nextToken: next,
      };
    },
  });
