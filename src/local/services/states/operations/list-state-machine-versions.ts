import { operation } from '../../../service.ts';
import { readMachine } from '../arns.ts';
import { arnOf, limitOf, page, type StatesContext } from '../context.ts';
import { noMachine } from '../errors.ts';

/** The newest first. https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachineVersions.html */
export const listStateMachineVersions = (context: StatesContext) =>
  operation('states', 'ListStateMachineVersions', {
    accepts: 'all',
    access: ({ stateMachineArn: resource = '' }) => ({
      action: 'states:ListStateMachineVersions',
      resource,
    }),
    handle({ stateMachineArn = '', maxResults, nextToken }) {
      const { machine } = readMachine(stateMachineArn);
      if (!context.records.machines.has([machine])) throw noMachine(stateMachineArn);
      const all = [...context.records.versions.values({ prefix: [machine], reverse: true })];
      const { items, next } = page(all, nextToken, limitOf(maxResults));
      const arn = arnOf(context, machine);
      return {
        stateMachineVersions: items.map(({ number, created }) => ({
          stateMachineVersionArn: `${arn}:${number}`,
          creationDate: new Date(created),
        })),
        nextToken: next,
      };
    },
  });
