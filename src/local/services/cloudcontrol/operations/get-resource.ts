import { passRole } from '../../../pass-role.ts';
import { operation } from '../../../service.ts';
import type { CloudControlContext } from '../context.ts';
import { existing } from '../find.ts';
import { principalOf } from '../requests.ts';
import { findType, identifierOf, modelOf } from '../types.ts';

/** https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_GetResource.html */
export const getResource = (context: CloudControlContext) =>
  operation('cloudcontrol', 'GetResource', {
    accepts: ['TypeName', 'RoleArn', 'Identifier'],
    access: ({ RoleArn }) => [
      { action: 'cloudformation:GetResource', resource: '*' },
      ...passRole('cloudformation.amazonaws.com', RoleArn),
    ],
    async handle({ TypeName: type = '', Identifier: identifier = '', RoleArn }, call) {
      const known = await findType(context, type, 'READ');
      const made = await existing(context, known, identifier, await principalOf(context, RoleArn, call));
      return {
        TypeName: type,
        ResourceDescription: {
          Identifier: identifierOf(known, made.properties, made),
          Properties: JSON.stringify(modelOf(known, made.properties, made)),
        },
      };
    },
  });
