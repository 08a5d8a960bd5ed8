/**
 * console.* of a function as Lambda's Node.js runtime writes it: one log event per call, with time, request id
 * and level in front, or as one JSON object when the function's log format is JSON.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
import { format } from 'node:util';

export type Level = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

const order: readonly Level[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

interface ConsoleOptions {
  readonly json: boolean;
  readonly lowest: Level;
  /** Of the invocation that runs; undefined while the module loads. */
  requestId(): string | undefined;
  write(time: number, text: string): void;
}

export type WriteLog = (level: Level, parts: readonly unknown[]) => void;

export function patchConsole(target: Console, options: ConsoleOptions): WriteLog {
  const write: WriteLog = (level, parts) => {
    if (options.json && order.indexOf(level) < order.indexOf(options.lowest)) return;
    const now = Date.now();
    const time = new Date(now).toISOString();
    const id = options.requestId();
    options.write(
      now,
      options.json ? jsonLine(time, level, id, parts) : `${time}\t${id}\t${level}\t${format(...parts)}`,
    );
  };
  const logAs =
    (level: Level) =>
    (...parts: unknown[]) =>
      write(level, parts);
  Object.assign(target, {
    log: logAs('INFO'),
    info: logAs('INFO'),
    debug: logAs('DEBUG'),
    warn: logAs('WARN'),
    error: logAs('ERROR'),
    trace: logAs('TRACE'),
    fatal: logAs('FATAL'),
  });
  return write;
}

function jsonLine(time: string, level: Level, requestId: string | undefined, parts: readonly unknown[]) {
  const base = { timestamp: time, level, ...(requestId === undefined ? {} : { requestId }) };
  const [only] = parts;
  const error = parts.find((part): part is Error => part instanceof Error);
  const message = parts.length === 1 && typeof only === 'object' && !error ? only : format(...parts);
  const detail = error
    ? {
        errorType: error.name,
        errorMessage: error.message,
        stackTrace: (error.stack ?? '').split('\n').slice(1),
      }
    : {};
  try {
    return JSON.stringify({ ...base, message, ...detail });
  } catch {
    return JSON.stringify({ ...base, message: format(...parts), ...detail });
  }
}
