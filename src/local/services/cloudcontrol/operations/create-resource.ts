import { passRole } from '../../../pass-role.ts';
import { AwsError, operation } from '../../../service.ts';
import type { CloudControlContext } from '../context.ts';
import { findMade, look } from '../find.ts';
import { requestFor } from '../request.ts';
import { begin, principalOf } from '../requests.ts';
import { checkedState, findType, identifierOf, modelOf } from '../types.ts';

/** https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_CreateResource.html */
export const createResource = (context: CloudControlContext) =>
  operation('cloudcontrol', 'CreateResource', {
    accepts: ['TypeName', 'RoleArn', 'ClientToken', 'DesiredState'],
    access: ({ RoleArn }) => [
      { action: 'cloudformation:CreateResource', resource: '*' },
      ...passRole('cloudformation.amazonaws.com', RoleArn),
    ],
    async handle({ TypeName: type = '', DesiredState = '', ClientToken: clientToken, RoleArn }, call) {
      const known = await findType(context, type, 'CREATE');
      const { handler } = known;
      const properties = checkedState(known, DesiredState);
      const invoke = await principalOf(context, RoleArn, call);
      const input = { type, DesiredState, RoleArn };
      const ProgressEvent = begin(
        context,
        { operation: 'CREATE', type, clientToken, input },
        async (signal) => {
          const token = context.env.randomId(12);
          const request = requestFor(context, known, properties, token, invoke, signal);
          const there = await look(handler, request);
          if (there) throw alreadyExists(type, identifierOf(known, properties, there));
          const state = await handler.create(request);
          const identifier = identifierOf(known, properties, state);
          if (handler.mode === 'inert' && (await findMade(context, known, identifier)))
            throw alreadyExists(type, identifier);
          context.resources.put([type, identifier], { ...state, type, identifier, properties, token });
          return { identifier, model: modelOf(known, properties, state) };
        },
      );
      return { ProgressEvent };
    },
  });

const alreadyExists = (type: string, identifier: string): AwsError =>
  new AwsError('AlreadyExists', `Resource of type '${type}' with identifier '${identifier}' already exists.`);
