import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import { shownConfiguration } from '../configuration.ts';
import type { LambdaContext } from '../context.ts';
import { invalidParameter, preconditionFailed } from '../errors.ts';
import { readFunctionName, resolveVersion } from '../names.ts';
import { makeVersion } from '../versions.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html */
export const publishVersion = (context: LambdaContext) =>
  operation('lambda', 'PublishVersion', {
    accepts: ['FunctionName', 'CodeSha256', 'Description', 'RevisionId'],
    access: (input) => functionAccess(context, 'PublishVersion', input.FunctionName),
    handle(input) {
      const { env, records } = context;
      const { name } = readFunctionName(input.FunctionName, env);
      const { record } = resolveVersion(records, env, { name, qualifier: undefined });
      if (input.RevisionId && input.RevisionId !== record.revisionId) throw preconditionFailed();
      if (input.CodeSha256 && input.CodeSha256 !== record.codeSha256)
        throw invalidParameter(
          `CodeSHA256 (${input.CodeSha256}) is different from current CodeSHA256 in $LATEST (${record.codeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
        );
      return shownConfiguration(makeVersion(context, record, input.Description), env);
    },
  });
