import { lookup } from '../../../../core/lookup.ts';
import { operation } from '../../../service.ts';
import { access, findResource, type GatewayContext, methodPath, putMethodRecord } from '../context.ts';
import { conflict } from '../errors.ts';
import { checkReferences, methodProblems } from '../method-features.ts';
import type { MethodRecord } from '../records.ts';
import { shownMethod } from '../shown.ts';

/** Authorisation by Cognito is refused by name. https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html */
export const putMethod = (context: GatewayContext) =>
  operation('apigateway', 'PutMethod', {
    accepts: 'all',
    access: (input) => access(context, 'PUT', methodPath(input)),
    problems: methodProblems,
    handle(input) {
      const resource = findResource(context, input.restApiId, input.resourceId);
      const httpMethod = input.httpMethod ?? '';
      if (lookup(resource.methods, httpMethod)) throw conflict('Method already exists for this resource');
      checkReferences(context, input);
      const method: MethodRecord = {
        httpMethod,
        authorizationType: input.authorizationType,
        authorizerId: input.authorizerId,
        apiKeyRequired: input.apiKeyRequired ?? false,
        operationName: input.operationName,
        requestParameters: input.requestParameters,
        requestModels: input.requestModels,
        requestValidatorId: input.requestValidatorId || undefined,
      };
      putMethodRecord(context, input, method);
      return shownMethod(method);
    },
  });
