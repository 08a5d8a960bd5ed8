import { passRole } from '../../../pass-role.ts';
import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import {
  applySettings,
  checkUnpackedSize,
  imageConfigOfZip,
  settingProblems,
  shownConfiguration,
} from '../configuration.ts';
import type { LambdaContext } from '../context.ts';
import { invalidParameter, preconditionFailed } from '../errors.ts';
import { checkExecutionRole } from '../execution-role.ts';
import { readFunctionName, resolveVersion } from '../names.ts';
import { refuseUnrunnable, substituteOf } from '../runtimes.ts';

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
      ...passRole('lambda.amazonaws.com', input.Role),
    ],
    problems: (input) => settingProblems(context.env, input, 'update'),
    async handle(input, call) {
      const { env, records } = context;
      const { name } = readFunctionName(input.FunctionName, env);
      if (call.http && input.Runtime)
        refuseUnrunnable({ runtime: input.Runtime, runsAs: substituteOf(env, input.Runtime) });
      const change = () => {
        const { record: before } = resolveVersion(records, env, { name, qualifier: undefined });
        if (input.RevisionId && input.RevisionId !== before.revisionId) throw preconditionFailed();
        if (before.image && (input.Handler || input.Runtime || input.Layers?.length))
          throw invalidParameter(
            "Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image.",
          );
        if (!before.image && input.ImageConfig) throw imageConfigOfZip();
        const after = applySettings(before, input, records, env);
        checkUnpackedSize(after);
        return after;
      };
      const wanted = change();
      if (input.Role || input.DeadLetterConfig || input.VpcConfig)
        await checkExecutionRole(env, {
          ...wanted,
          deadLetterArn: input.Role || input.DeadLetterConfig ? wanted.deadLetterArn : undefined,
          vpc: input.Role || input.VpcConfig ? wanted.vpc : undefined,
        });
      const record = env.store.transaction(() => {
        const after = change();
        records.functions.put([name, '$LATEST'], after);
        return after;
      });
      context.runner.recycle(name);
      return shownConfiguration(record, env, { during: 'update' });
    },
  });
