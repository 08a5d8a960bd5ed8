import { passRole } from '../../../pass-role.ts';
import { hasCode, operation } from '../../../service.ts';
import type { CloudControlContext } from '../context.ts';
import { existing } from '../find.ts';
import { requestFor } from '../request.ts';
import { begin, principalOf } from '../requests.ts';
import { findType } from '../types.ts';

/** https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_DeleteResource.html */
export const deleteResource = (context: CloudControlContext) =>
  operation('cloudcontrol', 'DeleteResource', {
    accepts: ['TypeName', 'RoleArn', 'ClientToken', 'Identifier'],
    access: ({ RoleArn }) => [
      { action: 'cloudformation:DeleteResource', resource: '*' },
      ...passRole('cloudformation.amazonaws.com', RoleArn),
    ],
    async handle(
      { TypeName: type = '', Identifier: identifier = '', ClientToken: clientToken, RoleArn },
      call,
    ) {
      const known = await findType(context, type, 'DELETE');
      const { handler } = known;
      const invoke = await principalOf(context, RoleArn, call);
      const made = await existing(context, known, identifier, invoke);
      const change = {
        ...{ operation: 'DELETE' as const, type, identifier, clientToken },
        input: { type, identifier, RoleArn },
      };
      const ProgressEvent = begin(context, change, async (signal) => {
        try {
          await handler.delete({
            ...requestFor(context, known, made.properties, made.token, invoke, signal),
            physicalId: made.physicalId,
            attributes: made.attributes,
          });
        } catch (error) {
          if (!hasCode(error, ...(handler.gone ?? []))) throw error;
        }
        context.resources.delete([type, identifier]);
        return { identifier };
      });
      return { ProgressEvent };
    },
  });
