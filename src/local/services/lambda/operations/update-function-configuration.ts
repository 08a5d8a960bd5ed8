import { AwsError, operation } from '../../../service.ts';
import { functionAccess, passRole } from '../access.ts';
import { applySettings, checkSettings, refuseUnsupported, shownConfiguration } from '../configuration.ts';
import type { LambdaContext } from '../context.ts';
import { invalidParameter, preconditionFailed } from '../errors.ts';
import { readFunctionName, resolveVersion, sessionName } from '../names.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html */
export const updateFunctionConfiguration = (context: LambdaContext) =>
  operation('lambda', 'UpdateFunctionConfiguration', {
    accepts: [
      ...(['FunctionName', 'Role', 'Handler', 'Description', 'Timeout', 'MemorySize', 'VpcConfig'] as const),
      ...([
        'Environment',
        'Runtime',
        'DeadLetterConfig',
        'KMSKeyArn',
        'TracingConfig',
        'RevisionId',
      ] as const),
      ...(['Layers', 'EphemeralStorage', 'SnapStart', 'LoggingConfig'] as const),
      ...(['FileSystemConfigs', 'ImageConfig'] as const),
    ],
    access: (input) => [
      functionAccess(context, 'UpdateFunctionConfiguration', input.FunctionName),
      ...passRole(input.Role),
    ],
    async handle(input) {
      const { env, records } = context;
      const { name } = readFunctionName(input.FunctionName, env);
      refuseUnsupported(input);
      checkSettings(input);
      resolveVersion(records, env, { name, qualifier: undefined });
      if (input.Role)
        try {
          await env.assumeRole(input.Role, 'lambda.amazonaws.com', sessionName(name));
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
          throw invalidParameter(
            `The role defined for the function cannot be assumed by Lambda. ${error.message}`,
          );
        }
      const record = env.store.transaction(() => {
        const { record: before } = resolveVersion(records, env, { name, qualifier: undefined });
        if (input.RevisionId && input.RevisionId !== before.revisionId) throw preconditionFailed();
        const after = applySettings(before, input, records, env);
        records.functions.put([name, '$LATEST'], after);
        return after;
      });
      context.runner.recycle(name);
      return shownConfiguration(record, env);
    },
  });
