/** Which principal can reach which data, and whether it needs to. */
export { accessReport } from './matrix.ts';
export { measuredOf } from './need.ts';
