import { operation } from '../../../service.ts';
import { access, findApi, type GatewayContext } from '../context.ts';
import { newApi } from '../new-api.ts';
import { importInto, importProblems } from '../open-api/import.ts';
import { shownApi } from '../shown.ts';

/** Warnings are not told apart: what cannot be done is refused. https://docs.aws.amazon.com/apigateway/latest/api/API_ImportRestApi.html */
export const importRestApi = (context: GatewayContext) =>
  operation('apigateway', 'ImportRestApi', {
    accepts: 'all',
    access: () => access(context, 'POST', '/restapis'),
    problems: (input) => importProblems(input, context.env),
    handle(input) {
      const id = context.env.store.transaction(() => {
        const { id } = newApi(context, {});
        importInto(context, id, input, 'overwrite');
        return id;
      });
      return shownApi(findApi(context, id));
    },
  });
