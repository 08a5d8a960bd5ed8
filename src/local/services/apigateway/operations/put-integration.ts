import { passRole } from '../../../pass-role.ts';
import { operation } from '../../../service.ts';
import { access, findMethod, type GatewayContext, methodPath, putMethodRecord } from '../context.ts';
import { integrationOf, integrationProblems } from '../integration-features.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html */
export const putIntegration = (context: GatewayContext) =>
  operation('apigateway', 'PutIntegration', {
    accepts: 'all',
    access: (input) => [
      access(context, 'PUT', `${methodPath(input)}/integration`),
      ...passRole('apigateway.amazonaws.com', input.credentials),
    ],
    problems: (input) => integrationProblems(input, context.env),
    handle(input) {
      const method = findMethod(context, input);
      const integration = integrationOf(input);
      putMethodRecord(context, input, { ...method, methodIntegration: integration });
      return integration;
    },
  });
