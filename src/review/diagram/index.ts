export { buildDiagram } from './build.ts';
export { type Category, categories, type Diagram, type DiagramEdge, type DiagramNode } from './model.ts';
