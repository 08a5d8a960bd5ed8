/** Recovery times and losses, as every form writes them. */

import { formatDuration } from '../../core/duration.ts';
import type { LossEstimate, TimeEstimate } from '../recovery/report.ts';

export const rtoText = (rto: TimeEstimate | null): string =>
  rto === null
    ? 'cannot tell'
    : rto.maxSeconds === rto.minSeconds
      ? formatDuration(rto.maxSeconds)
      : `${formatDuration(rto.minSeconds)} – ${formatDuration(rto.maxSeconds)}`;

export const rpoText = (rpo: LossEstimate | null): string =>
  rpo === null
    ? 'cannot tell'
    : rpo.seconds === null
      ? 'nothing'
      : rpo.seconds === 'all-data'
        ? 'everything'
        : formatDuration(rpo.seconds);
