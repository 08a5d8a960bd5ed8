/**
 * Everything a function's process finds in its environment: Lambda's own variables, the role's credentials and
 * the function's own. Of the host only PATH is passed on.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
import { join } from 'node:path';
import type { CodeRoot } from '../../compute/functions/code-store.ts';
import type { ServiceEnvironment, SessionCredentials } from '../../service.ts';
import type { FunctionRecord } from './records.ts';

export function processVariables(
  record: FunctionRecord,
  env: ServiceEnvironment,
  credentials: SessionCredentials,
  places: Pick<CodeRoot, 'task' | 'opt'> & {
    readonly temporary: string;
    readonly logStream: string;
    /** Instead of this machine's PATH. */
    readonly path?: string | undefined;
    /** Of a container image: they come before what Lambda presets, and the function's own before them. */
    readonly image?: Readonly<Record<string, string>>;
  },
): Record<string, string> {
  const { logging } = record;
  const opt = places.opt;
  const libraries = [places.task, join(places.task, 'lib'), ...(opt ? [join(opt, 'lib')] : [])];
  return {
    PATH: [...(opt ? [join(opt, 'bin')] : []), places.path ?? process.env.PATH ?? ''].join(':'),
    // AWS's functions write to /tmp: without a view of its own each environment has another folder for it.
    HOME: places.temporary,
    TMPDIR: places.temporary,
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    LD_LIBRARY_PATH: libraries.join(':'),
    ...places.image,
    // A function may set the ones above; those below are Lambda's.
    ...record.environment,
    _HANDLER: record.handler ?? '',
    LAMBDA_TASK_ROOT: places.task,
    AWS_REGION: env.region,
    AWS_DEFAULT_REGION: env.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${record.image ? 'Image' : (record.runtime ?? '')}`,
    AWS_LAMBDA_FUNCTION_NAME: record.name,
    AWS_LAMBDA_FUNCTION_VERSION: record.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(record.memorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: logging.LogGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: places.logStream,
    ...(logging.LogFormat === 'JSON'
      ? { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: logging.ApplicationLogLevel ?? 'INFO' }
      : { AWS_LAMBDA_LOG_FORMAT: 'Text' }),
    AWS_ENDPOINT_URL: record.environment.AWS_ENDPOINT_URL ?? env.endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
  };
}
