import { AwsError, operation } from '../../../service.ts';
import { passRole } from '../access.ts';
import { storeCode } from '../code.ts';
import {
  applySettings,
  checkSettings,
  refuseUnsupported,
  shownConfiguration,
  stamp,
} from '../configuration.ts';
import type { LambdaContext } from '../context.ts';
import { conflict, invalidParameter } from '../errors.ts';
import { functionArn, readFunctionName, sessionName } from '../names.ts';
import { makeVersion } from '../versions.ts';

/**
 * Any runtime may be created; one that cannot run here is refused when it is invoked, because stacks carry
 * functions that Slipway acts for itself (the CDK's own custom resources).
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
 */
export const createFunction = (context: LambdaContext) =>
  operation('lambda', 'CreateFunction', {
    accepts: [
      ...(['FunctionName', 'Runtime', 'Role', 'Handler', 'Code', 'Description', 'Timeout'] as const),
      ...(['MemorySize', 'Publish', 'VpcConfig', 'PackageType', 'DeadLetterConfig', 'Environment'] as const),
      ...(['KMSKeyArn', 'TracingConfig', 'Tags', 'Layers', 'Architectures', 'EphemeralStorage'] as const),
      ...(['SnapStart', 'LoggingConfig', 'FileSystemConfigs', 'ImageConfig'] as const),
    ],
    access: (input) => [
      {
        action: 'lambda:CreateFunction',
        resource: functionArn(context.env, readFunctionName(input.FunctionName, context.env).name),
      },
      ...passRole(input.Role),
    ],
    async handle(input, call) {
      const { env, records } = context;
      const { name } = readFunctionName(input.FunctionName, env);
      refuseUnsupported(input);
      checkSettings(input);
      if (!input.Runtime || !input.Handler)
        throw invalidParameter(
          'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
        );
      const exists = () => conflict(`Function already exist: ${name}`);
      if (records.functions.has([name, '$LATEST'])) throw exists();
      try {
        await env.assumeRole(input.Role ?? '', 'lambda.amazonaws.com', sessionName(name));
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        throw invalidParameter(
          `The role defined for the function cannot be assumed by Lambda. ${error.message}`,
        );
      }
      const code = await storeCode(input.Code ?? {}, context.code, env, call);
      const record = applySettings(
        {
          name,
          description: '',
          role: '',
          timeout: 3,
          memorySize: 128,
          environment: {},
          codeSha256: code.sha256,
          codeSize: code.size,
          architectures: input.Architectures ?? ['x86_64'],
          ephemeralStorage: 512,
          layers: [],
          logging: { LogFormat: 'Text', LogGroup: `/aws/lambda/${name}` },
          tracing: 'PassThrough',
          version: '$LATEST',
          ...stamp(env),
        },
        input,
        records,
        env,
      );
      env.store.transaction(() => {
        if (records.functions.has([name, '$LATEST'])) throw exists();
        records.functions.put([name, '$LATEST'], record);
        records.settings.put(name, { lastVersion: 0, tags: { ...input.Tags } });
      });
      return shownConfiguration(input.Publish ? makeVersion(context, record, undefined) : record, env);
    },
  });
