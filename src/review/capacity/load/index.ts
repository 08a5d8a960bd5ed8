/** The load: reading it, its questions, its measured times, and what is taken when nobody states one. */
export { defaultLoad } from './default.ts';
export { distributionFrom, type MeasuredTimes, measuredTimes, type RunSamples } from './measured.ts';
export type { Arrivals, Load, StatedCall, StatedObjective, Work } from './model.ts';
export { readLoad } from './read.ts';
