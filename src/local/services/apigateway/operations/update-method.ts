import { operation, throwFirst } from '../../../service.ts';
import { access, findMethod, type GatewayContext, methodPath, putMethodRecord } from '../context.ts';
import { checkReferences, methodProblems } from '../method-features.ts';
import { applyPatches, isTrue, patchMap } from '../patch.ts';
import { shownMethod } from '../shown.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateMethod.html */
export const updateMethod = (context: GatewayContext) =>
  operation('apigateway', 'UpdateMethod', {
    accepts: 'all',
    access: (input) => access(context, 'PATCH', methodPath(input)),
    handle(input) {
      const method = applyPatches('methods', findMethod(context, input), input.patchOperations, {
        apiKeyRequired: (record, { value }) => ({ ...record, apiKeyRequired: isTrue(value) }),
        operationName: (record, { value }) => ({ ...record, operationName: value }),
        requestValidatorId: (record, { op, value }) => ({
          ...record,
          requestValidatorId: op === 'remove' ? undefined : value,
        }),
        authorizationType: (record, { value }) => {
          throwFirst(
            methodProblems({ authorizationType: value, authorizerId: record.authorizerId ?? 'to come' }),
          );
          return { ...record, authorizationType: value };
        },
        authorizerId: (record, { op, value }) => ({
          ...record,
          authorizerId: op === 'remove' ? undefined : value,
        }),
        requestParameters: (record, { op, value, rest }) => {
          const { [rest[0] ?? '']: _, ...others } = record.requestParameters ?? {};
          return {
            ...record,
            requestParameters: op === 'remove' ? others : { ...others, [rest[0] ?? '']: isTrue(value) },
          };
        },
        requestModels: (record, { op, value, rest }) => ({
          ...record,
          requestModels: patchMap(record.requestModels ?? {}, op, rest[0] ?? '', value),
        }),
      });
      checkReferences(context, { ...method, restApiId: input.restApiId });
      putMethodRecord(context, input, method);
      return shownMethod(method);
    },
  });
