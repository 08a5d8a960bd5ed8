/** Mouse, pen, touch and wheel on a canvas, told as taps, drags, pinches and hovering, in the canvas's pixels. */
import { type RefObject, useEffect, useRef } from 'react';
import type { Point } from './viewport.ts';

export interface Gestures {
  onTap?(at: Point): void;
  onDragStart?(at: Point): void;
  onDrag?(at: Point, dx: number, dy: number): void;
  onDragEnd?(at: Point): void;
  /** A second finger came down: what the first one had begun does not count. */
  onDragCancel?(): void;
  onZoom?(factor: number, at: Point): void;
  onPan?(dx: number, dy: number): void;
  onHover?(at: Point | undefined): void;
}

const tapDistance = 5;

export function useGestures(target: RefObject<HTMLElement | null>, gestures: Gestures): void {
  const latest = useRef(gestures);
  useEffect(() => {
    latest.current = gestures;
  });
  useEffect(() => {
    const element = target.current;
    return element === null ? undefined : listen(element, () => latest.current);
  }, [target]);
}

function listen(element: HTMLElement, gestures: () => Gestures): () => void {
  const fingers = new Map<number, Point>();
  let origin: Point = [0, 0];
  let dragging = false;
  let pinched = false;

  const place = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };

  const spread = (): { middle: Point; distance: number } => {
    const [one = [0, 0], two = [0, 0]] = [...fingers.values()];
    return {
      middle: [(one[0] + two[0]) / 2, (one[1] + two[1]) / 2],
      distance: Math.hypot(one[0] - two[0], one[1] - two[1]),
    };
  };

  const down = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse' && event.button > 1) return;
    element.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, place(event));
    if (fingers.size === 1) {
      origin = place(event);
      dragging = false;
      pinched = false;
    } else {
      if (dragging) gestures().onDragCancel?.();
      dragging = false;
      pinched = true;
    }
  };

  const move = (event: PointerEvent): void => {
    const at = place(event);
    const before = fingers.get(event.pointerId);
    if (before === undefined) {
      if (event.pointerType !== 'touch') gestures().onHover?.(at);
      return;
    }
    if (fingers.size >= 2) {
      const from = spread();
      fingers.set(event.pointerId, at);
      const to = spread();
      gestures().onPan?.(to.middle[0] - from.middle[0], to.middle[1] - from.middle[1]);
      if (from.distance > 0) gestures().onZoom?.(to.distance / from.distance, to.middle);
      return;
    }
    fingers.set(event.pointerId, at);
    if (pinched) return;
    if (!dragging && Math.hypot(at[0] - origin[0], at[1] - origin[1]) > tapDistance) {
      dragging = true;
      gestures().onDragStart?.(origin);
      gestures().onDrag?.(at, at[0] - origin[0], at[1] - origin[1]);
    } else if (dragging) {
      gestures().onDrag?.(at, at[0] - before[0], at[1] - before[1]);
    }
  };

  const up = (event: PointerEvent): void => {
    if (!fingers.delete(event.pointerId) || pinched) return;
    if (dragging) gestures().onDragEnd?.(place(event));
    else gestures().onTap?.(place(event));
    dragging = false;
  };

  const cancel = (event: PointerEvent): void => {
    if (fingers.delete(event.pointerId) && dragging) gestures().onDragCancel?.();
    dragging = false;
  };

  const leave = (): void => gestures().onHover?.(undefined);

  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    // deltaMode 1 counts lines, 0 pixels; a pinch on a touchpad comes as a wheel with the control key.
    const pixels = event.deltaY * (event.deltaMode === 1 ? 16 : 1);
    gestures().onZoom?.(Math.exp(-pixels * (event.ctrlKey ? 0.01 : 0.0016)), place(event));
  };

  element.addEventListener('pointerdown', down);
  element.addEventListener('pointermove', move);
  element.addEventListener('pointerup', up);
  element.addEventListener('pointercancel', cancel);
  element.addEventListener('pointerleave', leave);
  element.addEventListener('wheel', wheel, { passive: false });
  return () => {
    element.removeEventListener('pointerdown', down);
    element.removeEventListener('pointermove', move);
    element.removeEventListener('pointerup', up);
    element.removeEventListener('pointercancel', cancel);
    element.removeEventListener('pointerleave', leave);
    element.removeEventListener('wheel', wheel);
  };
}
