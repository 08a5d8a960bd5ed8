/** Ctrl-C, a closed terminal or SIGTERM while a command is at work. */

export interface Interruption {
  readonly signal: AbortSignal;
  /** Signals do again what they did before. */
  release(): void;
}

/** The exit code of a command that was interrupted, as shells have it for Ctrl-C. */
export const interruptedCode = 130;

const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export function interruption(): Interruption {
  const controller = new AbortController();
  const abort = () => controller.abort(new Error('interrupted'));
  for (const name of names) process.on(name, abort);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of names) process.off(name, abort);
    },
  };
}

/** Rejects as soon as the command is interrupted; the work itself is left to end with what it works on. */
export function unlessInterrupted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}
