import { unsupported } from '../../service.ts';

/** Whether tags may move. Exclusions by name are refused. */
export function readMutability(text = 'MUTABLE'): 'MUTABLE' | 'IMMUTABLE' {
  if (text !== 'MUTABLE' && text !== 'IMMUTABLE') throw unsupported(`the imageTagMutability ${text}`);
  return text;
}
