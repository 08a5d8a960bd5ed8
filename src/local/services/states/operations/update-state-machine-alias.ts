import { operation } from '../../../service.ts';
import { aliasAccess, findAlias, readRoutes } from '../aliases.ts';
import type { StatesContext } from '../context.ts';
import { validation } from '../errors.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachineAlias.html */
export const updateStateMachineAlias = (context: StatesContext) =>
  operation('states', 'UpdateStateMachineAlias', {
    accepts: 'all',
    access: ({ stateMachineAliasArn }) => aliasAccess('UpdateStateMachineAlias', stateMachineAliasArn),
    handle({ stateMachineAliasArn: arn, description, routingConfiguration }) {
      const { machine, alias } = findAlias(context, arn);
      const wanted = routingConfiguration && readRoutes(context, routingConfiguration);
      if (wanted && wanted.machine !== machine)
        throw validation('The versions of a routing configuration are of the state machine of the alias.');
      const updated = context.env.clock.now();
      context.records.aliases.put([machine, alias.name], {
        ...alias,
        ...(description === undefined ? {} : { description }),
        ...(wanted ? { routes: wanted.routes } : {}),
        updated,
      });
      return { updateDate: new Date(updated) };
    },
  });
