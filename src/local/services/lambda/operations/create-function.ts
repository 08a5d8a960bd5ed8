import { isLocalImage } from '../../../compute/images/pull.ts';
import { passRole } from '../../../pass-role.ts';
import { operation } from '../../../service.ts';
import { storeCode } from '../code.ts';
import {
  applySettings,
  checkUnpackedSize,
  settingProblems,
  shownConfiguration,
  stamp,
} from '../configuration.ts';
import type { LambdaContext } from '../context.ts';
import { conflict, invalidParameter } from '../errors.ts';
import { checkExecutionRole } from '../execution-role.ts';
import { imageCode, notValid } from '../images.ts';
import { functionArn, readFunctionName } from '../names.ts';
import { loadProblems } from '../preparations.ts';
import { refuseUnrunnable, substituteOf } from '../runtimes.ts';
import { makeVersion } from '../versions.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
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
      ...passRole('lambda.amazonaws.com', input.Role),
    ],
    *problems(input) {
      // AWS's model allows the length of an ARN. https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
      const { name } = readFunctionName(input.FunctionName, context.env);
      if (name.length > 64)
        yield invalidParameter(
          `1 validation error detected: Value '${name}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64`,
        );
      yield* settingProblems(context.env, input, 'create');
      const image = input.PackageType === 'Image';
      if (image && !input.Code?.ImageUri)
        yield invalidParameter('Please provide a source for function code.');
      if (image && input.Code?.ImageUri && !isLocalImage(input.Code.ImageUri))
        yield notValid(input.Code.ImageUri);
      if (!image && input.Code?.ImageUri)
        yield invalidParameter(
          "Please don't provide ImageUri when the intended function PackageType is Zip.",
        );
      if (!image && (!input.Runtime || !input.Handler))
        yield invalidParameter(
          'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
        );
    },
    async handle(input, call) {
      const { env, records } = context;
      const { name } = readFunctionName(input.FunctionName, env);
      const uri = input.PackageType === 'Image' ? input.Code?.ImageUri : undefined;
      if (call.http && uri === undefined)
        refuseUnrunnable({ runtime: input.Runtime, runsAs: substituteOf(env, input.Runtime) });
      const exists = () => conflict(`Function already exist: ${name}`);
      if (records.functions.has([name, '$LATEST'])) throw exists();
      const image = uri === undefined ? undefined : await context.images.resolve(uri, name, call.caller);
      const code = image ? imageCode(image) : await storeCode(input.Code ?? {}, context.code, env, call);
      const record = applySettings(
        {
          name,
          description: '',
          role: '',
          timeout: 3,
          memorySize: 128,
          environment: {},
          ...(image ? { image } : {}),
          codeSha256: code.sha256,
          codeSize: code.size,
          unpackedSize: code.unpackedSize,
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
      checkUnpackedSize(record);
      await checkExecutionRole(env, record);
      // What the code needs is fetched now, so that its first invocation does not wait for it.
      if (record.image) await context.images.prepare(record);
      else if (call.http) await loadProblems(record, context.prepare);
      env.store.transaction(() => {
        if (records.functions.has([name, '$LATEST'])) throw exists();
        records.functions.put([name, '$LATEST'], record);
        records.settings.put(name, { lastVersion: 0, tags: { ...input.Tags } });
      });
      return shownConfiguration(input.Publish ? makeVersion(context, record, undefined) : record, env, {
        during: 'creation',
      });
    },
  });
