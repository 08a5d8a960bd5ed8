/**
 * Finds and loads a function's handler as Lambda's Node.js runtime does: `folder/file.export`, with .js, .mjs or
 * .cjs, CommonJS or ES module. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

export class RuntimeError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

export type Handler = (event: unknown, context: object, callback?: unknown) => unknown;

const streaming = Symbol.for('aws.lambda.runtime.handler.streaming');

/** `awslambda.streamifyResponse` */
export function markStreaming(handler: Handler): Handler {
  Object.defineProperty(handler, streaming, { value: true, configurable: true });
  return handler;
}

export const isStreaming = (handler: Handler): boolean => streaming in handler;

export async function loadHandler(root: string, handler: string): Promise<Handler> {
  if (handler.includes('..'))
    throw new RuntimeError('Runtime.MalformedHandlerName', `'${handler}' is not a valid handler name.`);
  const match = /^([^.]*)\.(.*)$/.exec(basename(handler));
  if (!match)
    throw new RuntimeError('Runtime.MalformedHandlerName', `Bad handler: '${handler}' is not file.export`);
  const file = join(dirname(handler), match[1] ?? '');
  const module = await loadModule(resolve(root, file), file);
  let found: unknown = module;
  for (const part of (match[2] ?? '').split('.'))
    found = (found as Record<string, unknown> | undefined)?.[part];
  if (found === undefined)
    throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  if (typeof found !== 'function')
    throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is not a function`);
  return found as Handler;
}

async function loadModule(path: string, shown: string): Promise<unknown> {
  const require = createRequire(join(dirname(path), 'handler.js'));
  try {
    if (existsSync(`${path}.js`))
      return inModulePackage(path) ? await esm(`${path}.js`) : (require(`${path}.js`) as unknown);
    if (existsSync(`${path}.mjs`)) return await esm(`${path}.mjs`);
    if (existsSync(`${path}.cjs`)) return require(`${path}.cjs`) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) throw renamed('Runtime.UserCodeSyntaxError', error);
    const code = (error as { code?: unknown }).code;
    if (code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND')
      throw withSdkHint(renamed('Runtime.ImportModuleError', error as Error));
    throw error;
  }
  throw new RuntimeError('Runtime.ImportModuleError', `Error: Cannot find module '${shown}'`);
}

/** AWS's own runtime would have found it. */
function withSdkHint(error: RuntimeError): RuntimeError {
  const name = /Cannot find (?:package|module) '(@(?:aws-sdk|smithy)\/[^'/]+)/.exec(error.message)?.[1];
  if (name !== undefined)
    error.message += `\nLambda's own runtime brings ${name} along. Here it is taken from the folder that Slipway runs in; install it there: npm install --save-dev ${name}`;
  return error;
}

const esm = (path: string): Promise<unknown> => import(pathToFileURL(path).href);

function renamed(name: string, error: Error): RuntimeError {
  const out = new RuntimeError(
    name,
    name === 'Runtime.UserCodeSyntaxError' ? String(error) : `Error: ${error.message}`,
  );
  if (error.stack !== undefined) out.stack = error.stack;
  return out;
}

/** The nearest package.json decides what a .js file is. */
function inModulePackage(path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) {
      try {
        return (JSON.parse(readFileSync(file, 'utf8')) as { type?: unknown }).type === 'module';
      } catch {
        return false;
      }
    }
    if (folder === dirname(folder) || folder === process.env.LAMBDA_TASK_ROOT) return false;
  }
}
