import { operation } from '../../../service.ts';
import { aliasAccess, readRoutes } from '../aliases.ts';
import { arnOf, type StatesContext } from '../context.ts';
import { conflict, invalidName } from '../errors.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachineAlias.html */
export const createStateMachineAlias = (context: StatesContext) =>
  operation('states', 'CreateStateMachineAlias', {
    accepts: 'all',
    access: ({ routingConfiguration }) =>
      aliasAccess('CreateStateMachineAlias', routingConfiguration?.[0]?.stateMachineVersionArn),
    handle({ name = '', description, routingConfiguration }) {
      if (!/^(?=.*[a-zA-Z_\-.])[a-zA-Z0-9_\-.]{1,80}$/.test(name)) throw invalidName(name);
      const { env, records } = context;
      const { machine, routes } = readRoutes(context, routingConfiguration);
      const arn = `${arnOf(context, machine)}:${name}`;
      const before = records.aliases.get([machine, name]);
      if (before) {
        const same =
          JSON.stringify([before.routes, before.description]) === JSON.stringify([routes, description]);
        if (!same)
          throw conflict(
            `Failed to create alias because an alias with the same name and a different routing configuration already exists.`,
          );
        return { stateMachineAliasArn: arn, creationDate: new Date(before.created) };
      }
      const now = env.clock.now();
      records.aliases.put([machine, name], {
        name,
        ...(description === undefined ? {} : { description }),
        routes,
        created: now,
        updated: now,
      });
      return { stateMachineAliasArn: arn, creationDate: new Date(now) };
    },
  });
