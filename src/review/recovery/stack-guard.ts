/** A stack that refuses to be deleted keeps what holds no data of its own. */
import type { Way } from './model.ts';
import { unfelt } from './ways.ts';

export const stackGuard = (stack: string): Way =>
  unfelt(['deleted'], 'stays, as its stack refuses to be deleted', {
    figure: 'termination protection is on',
    source: `${stack}: terminationProtection`,
    assumed: false,
  });
