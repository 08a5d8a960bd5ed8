/**
 * Runs the code of a CloudFront Function in a fresh context of its own: no module, timer, network or file, and no
 * object of the host; events and results cross as JSON text. Both runtimes get today's JavaScript, which is
 * more than AWS's njs-based ones know; `require` answers querystring, and crypto's createHash and createHmac.
 * A context is no security boundary: the code is the developer's own, as on their machine anyway.
 */
import { createHash, createHmac } from 'node:crypto';
import { createContext, Script } from 'node:vm';
import { prelude } from './prelude.ts';

/**
 * AWS allows about a millisecond of CPU. Here the limit only ends what would never end, so that a slow machine
 * does not decide: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
 */
const limitMs = 1000;

interface RunResult {
  /** What the handler answered. */
  readonly value?: unknown;
  readonly error?: string;
  /** Lines written with console.log. */
  readonly logs: readonly string[];
  /** Share of the time AWS allows, in per cent, as TestFunction states it. */
  readonly utilization: number;
}

const compiled = new Map<string, Script>();
const preludeScript = new Script(prelude, { filename: 'cloudfront-runtime.js' });

function compile(code: string): Script {
  let script = compiled.get(code);
  if (script) return script;
  // The handler is looked for by name in the function's own top scope, whether declared or assigned.
  script = new Script(`${code}\n;__slipway.start(typeof handler === 'function' ? handler : undefined);`, {
    filename: 'function.js',
  });
  if (compiled.size > 200) compiled.clear();
  compiled.set(code, script);
  return script;
}

/** Answers strings only, and never throws: an error object of the host would be a way out of the context. */
function hash(algorithm: string, key: string | null, hex: string, encoding: string): string {
  try {
    if (!['md5', 'sha1', 'sha256'].includes(algorithm)) return `!unknown hash algorithm ${algorithm}`;
    if (encoding !== 'hex' && encoding !== 'base64' && encoding !== 'base64url')
      return `!Slipway does not support digest('${encoding}') in CloudFront Functions`;
    const data = Buffer.from(hex, 'utf8');
    return `=${(key === null ? createHash(algorithm) : createHmac(algorithm, key)).update(data).digest(encoding)}`;
  } catch (error) {
    return `!${String(error)}`;
  }
}

export function runFunction(code: string, event: object): RunResult {
  const context = createContext(Object.create(null), {
    codeGeneration: { strings: false, wasm: false },
    // The handler may be asynchronous (runtime 2.0): its promises run within the time limit too.
    microtaskMode: 'afterEvaluate',
  });
  const started = performance.now();
  let error: string | undefined;
  try {
    const install: unknown = preludeScript.runInContext(context);
    if (typeof install === 'function') install(hash, JSON.stringify(event));
    compile(code).runInContext(context, { timeout: limitMs });
  } catch (thrown) {
    error = describe(thrown);
  }
  const elapsed = performance.now() - started;
  let outcome: { value?: unknown; error?: string; logs: string[] } = { logs: [] };
  try {
    const text: unknown = readOutcome.runInContext(context, { timeout: limitMs });
    // Written by the prelude; the cast names its shape.
    if (typeof text === 'string') outcome = JSON.parse(text) as typeof outcome;
  } catch (thrown) {
    error ??= describe(thrown);
  }
  return {
    ...(error === undefined ? outcome : {}),
    ...(error === undefined ? {} : { error }),
    logs: outcome.logs,
    utilization: Math.min(100, Math.round(elapsed)),
  };
}

const readOutcome = new Script('__slipway.outcome()', { filename: 'cloudfront-runtime.js' });

function describe(thrown: unknown): string {
  // Errors of the context are no instances of this realm's Error.
  const { code, name, message } = (thrown ?? {}) as { code?: unknown; name?: unknown; message?: unknown };
  if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
    return `The function ran longer than ${limitMs} ms and was ended.`;
  return typeof message === 'string'
    ? `${typeof name === 'string' ? name : 'Error'}: ${message}`
    : String(thrown);
}
