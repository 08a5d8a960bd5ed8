import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import { shownConfiguration } from '../configuration.ts';
import type { LambdaContext } from '../context.ts';
import { readFunctionName, resolveVersion } from '../names.ts';

/** `Code.Location`, AWS's link to the zip, is left out. https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html */
export const getFunction = (context: LambdaContext) =>
  operation('lambda', 'GetFunction', {
    accepts: 'all',
    access: (input) => functionAccess(context, 'GetFunction', input.FunctionName, input.Qualifier),
    handle(input) {
      const { env, records } = context;
      const name = readFunctionName(input.FunctionName, env, input.Qualifier);
      const { record } = resolveVersion(records, env, name);
      const settings = records.settings.get(name.name);
      const tags = settings?.tags ?? {};
      return {
        Configuration: shownConfiguration(record, env, { qualified: name.qualifier !== undefined }),
        Code: record.image
          ? {
              RepositoryType: 'ECR',
              ImageUri: record.image.uri,
              ResolvedImageUri: record.image.resolvedUri,
            }
          : { RepositoryType: 'S3' },
        ...(Object.keys(tags).length > 0 ? { Tags: { ...tags } } : {}),
        ...(settings?.reservedConcurrency === undefined
          ? {}
          : { Concurrency: { ReservedConcurrentExecutions: settings.reservedConcurrency } }),
      };
    },
  });
