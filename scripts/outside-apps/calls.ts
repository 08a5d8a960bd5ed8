/** Calls what an app offers: every function once with an empty event, every URL among the outputs once. */
import { request } from 'node:http';
import { InvokeCommand, LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { type CloudAccess, clientConfig } from '../../src/api/cloud-access.ts';
import type { EndpointCall, FunctionCall } from './outcome.ts';

/** Enough to load anything; what still runs then has been loaded. */
const longestCallMs = 15_000;

/** What the runtimes name an error that comes before the handler is called. */
const loading =
  /^Runtime\.(ImportModuleError|HandlerNotFound|UserCodeSyntaxError|MalformedHandlerName|ExitError|Invalid\w+|Unknown)$/;
const notFound = /Cannot find (module|package)|No module named|awslambda is not defined/;

export async function callFunctions(cloud: CloudAccess): Promise<FunctionCall[]> {
  const client = new LambdaClient({ ...clientConfig(cloud), maxAttempts: 1 });
  const calls: FunctionCall[] = [];
  try {
    for await (const { Functions = [] } of paginateListFunctions({ client }, {}))
      for (const { FunctionName: name = '', Runtime: runtime = 'image' } of Functions)
        calls.push({ name, runtime, ...(await callFunction(client, name)) });
    return calls;
  } finally {
    client.destroy();
  }
}

async function callFunction(
  client: LambdaClient,
  name: string,
): Promise<Omit<FunctionCall, 'name' | 'runtime'>> {
  try {
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({ FunctionName: name, Payload: new TextEncoder().encode('{}') }),
      { abortSignal: AbortSignal.timeout(longestCallMs) },
    );
    if (FunctionError === undefined) return { cannotLoad: false };
    const { errorType = 'Error', errorMessage: message = '' } = JSON.parse(
      new TextDecoder().decode(Payload ?? new Uint8Array()),
    ) as { errorType?: string; errorMessage?: string };
    return { errorType, message, cannotLoad: loading.test(errorType) || notFound.test(message) };
  } catch (error) {
    const { name: errorType, message } = error as Error;
    // One that is busy with what the app itself asks of it was loaded.
    const busy = ['AbortError', 'TimeoutError', 'TooManyRequestsException'].includes(errorType);
    return { errorType, message, cannotLoad: !busy };
  }
}

/** Local ones only: an URL of AWS among the outputs leads nowhere here, and is said so. */
export async function callEndpoints(outputs: readonly string[]): Promise<EndpointCall[]> {
  const urls = [...new Set(outputs.filter((value) => /^http:\/\/[^/]*(127\.0\.0\.1|localhost)/.test(value)))];
  return Promise.all(urls.map(async (url) => ({ url, answer: await get(url) })));
}

function get(url: string): Promise<string> {
  return new Promise((resolve) => {
    const { port, host, pathname, search } = new URL(url);
    const call = request(
      { host: '127.0.0.1', port, path: pathname + search, headers: { host }, timeout: 30_000 },
      (response) => {
        response.resume();
        resolve(String(response.statusCode));
      },
    );
    call.on('timeout', () => call.destroy(new Error('no answer in 30 s')));
    call.on('error', (error) => resolve(error.message));
    call.end();
  });
}
