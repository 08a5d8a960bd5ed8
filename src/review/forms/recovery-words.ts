/** Recovery times and losses, as every form writes them. */
import type { LossEstimate, TimeEstimate } from '../recovery/report.ts';
import { duration } from './words.ts';

export const rtoText = (rto: TimeEstimate | null): string =>
  rto === null
    ? 'cannot tell'
    : rto.maxSeconds === rto.minSeconds
      ? duration(rto.maxSeconds)
      : `${duration(rto.minSeconds)} – ${duration(rto.maxSeconds)}`;

export const rpoText = (rpo: LossEstimate | null): string =>
  rpo === null
    ? 'cannot tell'
    : rpo.seconds === null
      ? 'nothing'
      : rpo.seconds === 'all-data'
        ? 'everything'
        : duration(rpo.seconds);
