import { operation } from '../../../service.ts';
import { aliasAccess, findAlias } from '../aliases.ts';
import type { StatesContext } from '../context.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachineAlias.html */
export const deleteStateMachineAlias = (context: StatesContext) =>
  operation('states', 'DeleteStateMachineAlias', {
    accepts: 'all',
    access: ({ stateMachineAliasArn }) => aliasAccess('DeleteStateMachineAlias', stateMachineAliasArn),
    handle({ stateMachineAliasArn }) {
      const { machine, alias } = findAlias(context, stateMachineAliasArn);
      context.records.aliases.delete([machine, alias.name]);
      return {};
    },
  });
