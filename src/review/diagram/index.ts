export { buildDiagram } from './build.ts';
export type { Diagram } from './model.ts';
