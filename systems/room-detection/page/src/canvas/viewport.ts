/** Where the plan stands on the screen: world y goes up, screen y goes down. Pure arithmetic. */
import type { Box } from '../../../rooms/index.ts';

export interface Viewport {
  /** Screen pixels for one unit of the plan. */
  readonly scale: number;
  /** The plan's coordinates at the screen's top left corner. */
  readonly left: number;
  readonly top: number;
}

export type Point = readonly [number, number];

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const toScreen = (view: Viewport, [x, y]: Point): Point => [
  (x - view.left) * view.scale,
  (view.top - y) * view.scale,
];

export const toWorld = (view: Viewport, [x, y]: Point): Point => [
  view.left + x / view.scale,
  view.top - y / view.scale,
];

export const visibleBox = (view: Viewport, size: Size): Box => [
  view.left,
  view.top - size.height / view.scale,
  view.left + size.width / view.scale,
  view.top,
];

/** The whole box in the middle of the screen, with a margin in pixels. */
export function fitBox(box: Box, size: Size, margin = 24): Viewport {
  const [minX, minY, maxX, maxY] = box;
  const width = maxX - minX;
  const height = maxY - minY;
  const room = { width: Math.max(1, size.width - 2 * margin), height: Math.max(1, size.height - 2 * margin) };
  const longest = Math.max(width, height);
  const scale =
    longest === 0 ? 40 : Math.min(room.width / (width || longest), room.height / (height || longest));
  return {
    scale,
    left: (minX + maxX) / 2 - size.width / 2 / scale,
    top: (minY + maxY) / 2 + size.height / 2 / scale,
  };
}

export const panBy = (view: Viewport, dx: number, dy: number): Viewport => ({
  scale: view.scale,
  left: view.left - dx / view.scale,
  top: view.top + dy / view.scale,
});

/** Zooms by a factor and keeps the plan's point under `at` where it is; stays within the limits of `scale`. */
export function zoomAt(
  view: Viewport,
  factor: number,
  at: Point,
  limits: readonly [number, number],
): Viewport {
  const scale = Math.min(limits[1], Math.max(limits[0], view.scale * factor));
  const [x, y] = toWorld(view, at);
  return { scale, left: x - at[0] / scale, top: y + at[1] / scale };
}

/** The transform that makes a picture painted for one viewport stand right for another. */
export function pictureTransform(
  painted: Viewport,
  wanted: Viewport,
): { scale: number; dx: number; dy: number } {
  return {
    scale: wanted.scale / painted.scale,
    dx: (painted.left - wanted.left) * wanted.scale,
    dy: (wanted.top - painted.top) * wanted.scale,
  };
}
