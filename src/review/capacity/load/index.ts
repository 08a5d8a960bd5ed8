/** The load file: reading it, writing one, and what is taken when there is none. */
export { defaultLoad } from './default.ts';
export { type MeasuredTimes, measuredTimes, type RunSamples } from './from-run.ts';
export { initLoad } from './init.ts';
export { distributionFrom, type Measured, readMeasured } from './measured.ts';
export type { Arrivals, Load, LoadProblem, StatedCall, StatedObjective, Work } from './model.ts';
export { type LoadOutcome, type ReadLoadOptions, readLoad } from './read.ts';
