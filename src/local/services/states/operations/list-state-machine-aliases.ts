import { operation } from '../../../service.ts';
import { readMachine } from '../arns.ts';
import { arnOf, limitOf, page, type StatesContext } from '../context.ts';
import { noMachine } from '../errors.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachineAliases.html */
export const listStateMachineAliases = (context: StatesContext) =>
  operation('states', 'ListStateMachineAliases', {
    accepts: 'all',
    access: ({ stateMachineArn = '' }) => ({
      action: 'states:ListStateMachineAliases',
      resource: stateMachineArn.split(':').slice(0, 7).join(':'),
    }),
    handle({ stateMachineArn = '', maxResults, nextToken }) {
      const { machine, qualifier } = readMachine(stateMachineArn);
      if (!context.records.machines.has([machine])) throw noMachine(stateMachineArn);
      const all = [...context.records.aliases.values({ prefix: [machine] })].filter(
        ({ routes }) =>
          qualifier === undefined || routes.some(({ version }) => String(version) === qualifier),
      );
      const { items, next } = page(all, nextToken, limitOf(maxResults), ({ name }) => name);
      return {
        stateMachineAliases: items.map(({ name, created }) => ({
          stateMachineAliasArn: `${arnOf(context, machine)}:${name}`,
          creationDate: new Date(created),
        })),
        nextToken: next,
      };
    },
  });
