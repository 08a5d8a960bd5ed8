import { operation } from '../../../service.ts';
import { arnOf, limitOf, page, type StatesContext } from '../context.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachines.html */
export const listStateMachines = (context: StatesContext) =>
  operation('states', 'ListStateMachines', {
    accepts: 'all',
    access: () => ({ action: 'states:ListStateMachines', resource: '*' }),
    handle({ maxResults, nextToken }) {
      const all = [...context.records.machines.values()];
      const { items, next } = page(all, nextToken, limitOf(maxResults), ({ name }) => name);
      return {
        stateMachines: items.map(({ name, type, created }) => ({
          stateMachineArn: arnOf(context, name),
          name,
          type,
          creationDate: new Date(created),
        })),
        nextToken: next,
      };
    },
  });
