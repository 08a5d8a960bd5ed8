/** What `up --detach` and the `local` that it starts tell each other over Node's channel between processes. */
import { type ErrorCode, SlipwayError } from '../core/errors.ts';
import { reasonOf } from '../core/events.ts';

export type FromCloud =
  | { readonly ready: true }
  | { readonly failed: { readonly code: ErrorCode; readonly text: string; readonly fix?: string } };

/** From the command to the cloud: until `stay`, the end of the channel is the end of the cloud, however it ends. */
export const stopsWithYou = 'stops-with-you';
export const stay = 'stay';

export interface Parent {
  ready(): void;
  failed(error: unknown): void;
}

/** Watches the command that started this process, where one did. */
export function watchParent(stop: () => void): Parent {
  let bound = false;
  if (process.send) {
    process.on('message', (message) => {
      bound = message === stopsWithYou;
      if (!process.connected && bound) stop();
    });
    process.on('disconnect', () => {
      if (bound) stop();
    });
  }
  const tell = (message: FromCloud) => void process.send?.(message, () => {});
  return {
    ready: () => tell({ ready: true }),
    failed: (error) =>
      tell({
        failed: {
          code: error instanceof SlipwayError ? error.code : 'internal',
          text: reasonOf(error),
          ...(error instanceof SlipwayError && error.fix !== undefined ? { fix: error.fix } : {}),
        },
      }),
  };
}
