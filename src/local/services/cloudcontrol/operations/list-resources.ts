import { paging } from '../../../paging.ts';
import { passRole } from '../../../pass-role.ts';
import { operation, unsupported } from '../../../service.ts';
import type { CloudControlContext } from '../context.ts';
import { invalid } from '../errors.ts';
import { findType, identifierOf, modelOf } from '../types.ts';

const page = paging({
  defaultLimit: 20,
  maxLimit: 100,
  invalidToken: () => invalid('The next token is not valid.'),
});

/** https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_ListResources.html */
export const listResources = (context: CloudControlContext) =>
  operation('cloudcontrol', 'ListResources', {
    accepts: ['TypeName', 'RoleArn', 'NextToken', 'MaxResults'],
    access: ({ RoleArn }) => [
      { action: 'cloudformation:ListResources', resource: '*' },
      ...passRole('cloudformation.amazonaws.com', RoleArn),
    ],
    async handle({ TypeName: type = '', NextToken, MaxResults }) {
      const known = await findType(context, type, 'LIST');
      // A list of records would lack what calls of the service itself have made, and have what they deleted.
      if (known.handler.mode === 'live')
        throw unsupported(`ListResources of the live type ${type}: ask its own service for the list`);
      const all = (await context.made(type)).map((one) => ({
        Identifier: identifierOf(known, one.properties, one),
        Properties: JSON.stringify(modelOf(known, one.properties, one)),
      }));
      all.sort((a, b) => (a.Identifier < b.Identifier ? -1 : 1));
      const { items, next } = page(all, NextToken, MaxResults, (one) => one.Identifier);
      return { TypeName: type, ResourceDescriptions: items, NextToken: next };
    },
  });
