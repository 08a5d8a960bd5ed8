export { buildDiagram } from './build.ts';
export type { Diagram, DiagramEdge, DiagramNode } from './model.ts';
