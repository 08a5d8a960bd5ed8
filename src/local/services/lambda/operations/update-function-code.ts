import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import { storeCode } from '../code.ts';
import { checkUnpackedSize, shownConfiguration, stamp } from '../configuration.ts';
import type { LambdaContext } from '../context.ts';
import { invalidParameter, preconditionFailed } from '../errors.ts';
import { imageCode } from '../images.ts';
import { readFunctionName, resolveVersion } from '../names.ts';
import { makeVersion } from '../versions.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html */
export const updateFunctionCode = (context: LambdaContext) =>
  operation('lambda', 'UpdateFunctionCode', {
    accepts: [
      ...(['FunctionName', 'ZipFile', 'S3Bucket', 'S3Key', 'S3ObjectVersion', 'ImageUri'] as const),
      ...(['Publish', 'DryRun', 'RevisionId', 'Architectures'] as const),
    ],
    access: (input) => functionAccess(context, 'UpdateFunctionCode', input.FunctionName),
    async handle(input, call) {
      const { env, records } = context;
      const { name } = readFunctionName(input.FunctionName, env);
      const { record: known } = resolveVersion(records, env, { name, qualifier: undefined });
      if (input.RevisionId && input.RevisionId !== known.revisionId) throw preconditionFailed();
      if (input.ImageUri && !known.image)
        throw invalidParameter(
          "Please don't provide ImageUri when updating a function with packageType Zip.",
        );
      if (!input.ImageUri && known.image)
        throw invalidParameter('Please provide ImageUri when updating a function with packageType Image.');
      const image = input.ImageUri
        ? await context.images.resolve(input.ImageUri, name, call.caller)
        : undefined;
      const code = image ? imageCode(image) : await storeCode(input, context.code, env, call);
      const record = env.store.transaction(() => {
        const { record: before } = resolveVersion(records, env, { name, qualifier: undefined });
        if (input.RevisionId && input.RevisionId !== before.revisionId) throw preconditionFailed();
        const after = {
          ...before,
          ...(image ? { image } : {}),
          codeSha256: code.sha256,
          codeSize: code.size,
          unpackedSize: code.unpackedSize,
          architectures: input.Architectures ?? before.architectures,
          ...stamp(env),
        };
        checkUnpackedSize(after);
        if (!input.DryRun) records.functions.put([name, '$LATEST'], after);
        return after;
      });
      if (record.image && !input.DryRun) await context.images.prepare(record);
      if (!input.DryRun) context.runner.recycle(name);
      return shownConfiguration(
        input.Publish && !input.DryRun ? makeVersion(context, record, undefined) : record,
        env,
        { during: 'update' },
      );
    },
  });
