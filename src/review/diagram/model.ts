/** An architecture as boxes and arrows. Plain JSON; laid out and drawn by `forms/html`. */
import type { ResourceRef } from '../../architecture/app/model.ts';
import type { Category } from '../../architecture/types/facts.ts';

export interface DiagramNode {
  readonly id: string;
  readonly resource: ResourceRef;
  readonly category: Category;
  /** The name that its author gave: the construct's, else the logical id. */
  readonly label: string;
  /** The type in two or three words: `SQS queue`. */
  readonly kind: string;
  /** Resources drawn as part of this one (its policies, routes, permissions), as ids. */
  readonly parts: readonly string[];
}

export interface DiagramEdge {
  /** Node ids; the arrow points from who acts to what is acted on, or along the data for event sources. */
  readonly from: string;
  readonly to: string;
}

export interface Diagram {
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
  /** Node ids by block: the construct directly under the stack. */
  readonly groups: readonly { readonly label: string; readonly nodes: readonly string[] }[];
  /** Types that are not drawn, with how many there are. */
  readonly left: readonly { readonly type: string; readonly count: number }[];
}
