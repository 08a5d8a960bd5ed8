/** The load: reading it, its questions, its measured times, and what is taken when nobody states one. */
export { defaultLoad } from './default.ts';
export { distributionFrom, type MeasuredTimes, measuredTimes, type RunSamples } from './measured.ts';
export type { Load } from './model.ts';
