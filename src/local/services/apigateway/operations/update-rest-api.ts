import { operation, throwFirst } from '../../../service.ts';
import { apiKeySource, apiProblems, checkedPolicy } from '../api-features.ts';
import { access, findApi, type GatewayContext } from '../context.ts';
import { applyPatches, isTrue } from '../patch.ts';
import { shownApi } from '../shown.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateRestApi.html */
export const updateRestApi = (context: GatewayContext) =>
  operation('apigateway', 'UpdateRestApi', {
    accepts: 'all',
    access: (input) => access(context, 'PATCH', `/restapis/${input.restApiId}`),
    handle(input) {
      const api = applyPatches('REST APIs', findApi(context, input.restApiId), input.patchOperations, {
        name: (record, { value }) => ({ ...record, name: value }),
        description: (record, { value }) => ({ ...record, description: value }),
        policy: (record, { op, value }) => ({
          ...record,
          policy: op === 'remove' ? undefined : checkedPolicy(value),
        }),
        apiKeySource: (record, { value }) => ({ ...record, apiKeySource: apiKeySource(value) }),
        disableExecuteApiEndpoint: (record, { value }) => ({
          ...record,
          disableExecuteApiEndpoint: isTrue(value),
        }),
        binaryMediaTypes: (record, { op, value, rest }) => ({
          ...record,
          binaryMediaTypes: [
            ...record.binaryMediaTypes.filter((type) => type !== rest[0]),
            ...(op === 'remove' ? [] : [op === 'replace' && value !== '' ? value : (rest[0] ?? '')]),
          ],
        }),
        endpointConfiguration: (record, { value, rest }) => {
          if (rest[0] === 'ipAddressType') return { ...record, ipAddressType: value };
          throwFirst(apiProblems({ endpointConfiguration: { types: [value as 'REGIONAL'] } }));
          return { ...record, endpointTypes: [value] };
        },
      });
      context.records.apis.put(api.id, api);
      return shownApi(api);
    },
  });
