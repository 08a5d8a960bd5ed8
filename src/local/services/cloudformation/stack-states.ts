/** In which state of a stack which operation may start. */
import { invalid } from './errors.ts';
import type { StackRecord } from './model.ts';

const updatable = new Set([
  ...['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'CREATE_FAILED', 'UPDATE_FAILED'],
  ...['IMPORT_COMPLETE', 'IMPORT_ROLLBACK_COMPLETE'],
]);

export function refuseUpdateIn(stack: StackRecord): void {
  if (updatable.has(stack.status)) return;
  const wayOut: Record<string, string> = {
    ROLLBACK_COMPLETE: ' Delete the stack and create it again.',
    ROLLBACK_FAILED: ' Delete the stack and create it again.',
    UPDATE_ROLLBACK_FAILED: ' Continue the rollback (ContinueUpdateRollback) or delete the stack.',
    DELETE_FAILED: ' Delete the stack again.',
  };
  throw invalid(
    `Stack:${stack.id} is in ${stack.status} state and can not be updated.${wayOut[stack.status] ?? ''}`,
  );
}
