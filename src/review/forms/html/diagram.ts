/** Draws an architecture diagram as SVG: laid out by dagre in layers, blocks as frames, one colour per category. */
import dagre from '@dagrejs/dagre';
import type { Category } from '../../../architecture/index.ts';
import type { Diagram } from '../../diagram/index.ts';
import { html, type Markup, raw } from './escape.ts';

const box = { width: 176, height: 46 } as const;

/** Hue of the box's edge; light fills keep the text readable in print. */
const colours: Readonly<Record<Category, { readonly line: string; readonly fill: string }>> = {
  edge: { line: '#7c3aed', fill: '#f5f3ff' },
  api: { line: '#db2777', fill: '#fdf2f8' },
  compute: { line: '#ea580c', fill: '#fff7ed' },
  messaging: { line: '#be123c', fill: '#fff1f2' },
  data: { line: '#1d4ed8', fill: '#eff6ff' },
  ai: { line: '#0f766e', fill: '#f0fdfa' },
  network: { line: '#4b5563', fill: '#f9fafb' },
  security: { line: '#b91c1c', fill: '#fef2f2' },
  operations: { line: '#65a30d', fill: '#f7fee7' },
  other: { line: '#6b7280', fill: '#f9fafb' },
};

interface DiagramNotes {
  /** Node id → a short text drawn in the box's corner, such as its monthly cost. */
  readonly corner?: Readonly<Record<string, string>>;
  /** Node ids that the internet reaches without saying who it is. */
  readonly open?: ReadonlySet<string>;
}

export function drawDiagram(diagram: Diagram, notes: DiagramNotes = {}): Markup {
  if (diagram.nodes.length === 0)
    return html`<p class="quiet">Nothing to draw: no service of this template has a picture.</p>`;
  const graph = new dagre.graphlib.Graph({ compound: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 24, ranksep: 56, edgesep: 12, marginx: 12, marginy: 12 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of diagram.nodes) graph.setNode(node.id, { ...box });
  // A frame around a single box says nothing.
  const frames = diagram.groups.filter((group) => group.nodes.length > 1);
  for (const [index, group] of frames.entries()) {
    graph.setNode(`group ${index}`, {});
    for (const id of group.nodes) graph.setParent(id, `group ${index}`);
  }
  for (const { from, to } of diagram.edges) graph.setEdge(from, to);
  dagre.layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const drawnFrames = frames.map((group, index) => {
    const at = graph.node(`group ${index}`);
    const left = at.x - at.width / 2;
    const top = at.y - at.height / 2;
    return html`<rect class="frame" x="${px(left)}" y="${px(top)}" width="${px(at.width)}" height="${px(at.height)}" rx="8"/><text class="frame-label" x="${px(left + 8)}" y="${px(top + 12)}">${group.label}</text>`;
  });
  const arrows = diagram.edges.map(({ from, to }) => {
    const { points } = graph.edge(from, to);
    return html`<path class="arrow" d="${curve(points)}" marker-end="url(#arrow)"/>`;
  });
  const boxes = diagram.nodes.map((node) => {
    const at = graph.node(node.id);
    const { line, fill } = colours[node.category];
    const x = at.x - box.width / 2;
    const y = at.y - box.height / 2;
    const corner = notes.corner?.[node.id];
    return html`<g><title>${node.resource.id} (${node.resource.type})${node.parts.length > 0 ? `, with ${node.parts.length} resources of its own` : ''}</title><rect x="${px(x)}" y="${px(y)}" width="${box.width}" height="${box.height}" rx="6" fill="${fill}" stroke="${line}" stroke-width="1.5"/>${
      notes.open?.has(node.id) &&
      html`<circle cx="${px(x)}" cy="${px(at.y)}" r="5" fill="#fff" stroke="${line}" stroke-width="2"><title>Reached from the internet</title></circle>`
    }<text x="${px(x + 10)}" y="${px(y + 19)}" class="name">${shorten(node.label, lettersBeside(corner))}</text><text x="${px(x + 10)}" y="${px(y + 35)}" class="kind">${node.kind}</text>${
      corner !== undefined &&
      html`<text x="${px(x + box.width - 8)}" y="${px(y + 19)}" class="corner">${corner}</text>`
    }</g>`;
  });
  return html`<svg class="diagram" viewBox="0 0 ${px(width)} ${px(height + 14)}" style="max-width:${px(Math.min(width, 1600))}px" role="img" aria-label="Architecture diagram">${raw(
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="#64748b"/></marker></defs>',
  )}<g transform="translate(0 14)">${drawnFrames}${arrows}${boxes}</g></svg>`;
}

const px = (value: number): string => String(Math.round(value * 10) / 10);

/** How many of the name’s letters fit into the box beside the text in its corner, in fonts as wide as they come. */
const lettersBeside = (corner: string | undefined): number =>
  corner === undefined ? 18 : Math.floor((box.width - 24 - corner.length * 6.6) / 7.8);

const shorten = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Through dagre's bend points, rounded by quadratic curves whose ends are the middles of the straight parts. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return '';
  let path = `M${px(first.x)} ${px(first.y)}`;
  for (let index = 0; index < rest.length - 1; index += 1) {
    const bend = rest[index];
    const next = rest[index + 1];
    if (bend === undefined || next === undefined) continue;
    const end = index === rest.length - 2 ? next : { x: (bend.x + next.x) / 2, y: (bend.y + next.y) / 2 };
    path += `Q${px(bend.x)} ${px(bend.y)} ${px(end.x)} ${px(end.y)}`;
  }
  return rest.length === 1 ? `${path}L${px(last.x)} ${px(last.y)}` : path;
}
