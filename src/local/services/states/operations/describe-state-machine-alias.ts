import { operation } from '../../../service.ts';
import { aliasAccess, findAlias } from '../aliases.ts';
import { arnOf, type StatesContext } from '../context.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachineAlias.html */
export const describeStateMachineAlias = (context: StatesContext) =>
  operation('states', 'DescribeStateMachineAlias', {
    accepts: 'all',
    access: ({ stateMachineAliasArn }) => aliasAccess('DescribeStateMachineAlias', stateMachineAliasArn),
    handle({ stateMachineAliasArn }) {
      const { machine, alias } = findAlias(context, stateMachineAliasArn);
      return {
        stateMachineAliasArn,
        name: alias.name,
        description: alias.description,
        routingConfiguration: alias.routes.map(({ version, weight }) => ({
          stateMachineVersionArn: `${arnOf(context, machine)}:${version}`,
          weight,
        })),
        creationDate: new Date(alias.created),
        updateDate: new Date(alias.updated),
      };
    },
  });
