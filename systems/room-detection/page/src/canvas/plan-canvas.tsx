/**
 * The plan on a canvas: pan, zoom, hover, tap and keyboard. The plan is painted on one layer, the highlighted
 * room on another. When painting takes longer than a frame, the last picture is moved along while the hand
 * moves, and painted afresh when it rests.
 */
import AddIcon from '@mui/icons-material/Add';
import FitScreenIcon from '@mui/icons-material/FitScreen';
import RemoveIcon from '@mui/icons-material/Remove';
import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Box as Bounds, Repair, Room, Wall } from '../../../rooms/index.ts';
import { ToolButton, ToolStack } from '../components/tool-button.tsx';
import { count } from '../plan/numbers.ts';
import { paintHighlight, paintPlan } from './painter.ts';
import { RoomCard } from './room-card.tsx';
import { buildScene } from './scene.ts';
import { useGestures } from './use-gestures.ts';
import { brushOf, useSize } from './use-size.ts';
import {
  fitBox,
  type Point,
  panBy,
  pictureTransform,
  type Size,
  toScreen,
  toWorld,
  type Viewport,
  zoomAt,
} from './viewport.ts';

export interface PlanCanvasProps {
  readonly walls: readonly Wall[];
  readonly rooms?: readonly Room[];
  readonly repairs?: readonly Repair[];
  readonly showRepairs?: boolean;
  readonly selected: number | undefined;
  readonly onSelect: (index: number | undefined) => void;
}

const frameMilliseconds = 10;
const restMilliseconds = 120;
const noRooms: readonly Room[] = [];

/** The buttons' row at the foot is left free. */
const buttonsHeight = 52;
const fitPlan = (bounds: Bounds, size: Size): Viewport =>
  fitBox(bounds, { width: size.width, height: size.height - buttonsHeight });

const isHigh = (room: Room | undefined, view: Viewport | undefined, size: Size): boolean => {
  if (room === undefined || view === undefined) return false;
  const [x, y] = toScreen(view, room.label_point);
  return y < size.height / 2 && x < size.width / 2;
};

export function PlanCanvas(props: PlanCanvasProps) {
  const { walls, rooms = noRooms, repairs, showRepairs = false, selected, onSelect } = props;
  const mode = useTheme().palette.mode;
  const scene = useMemo(() => buildScene(walls, rooms, repairs), [walls, rooms, repairs]);
  const frame = useRef<HTMLDivElement>(null);
  const base = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const size = useSize(frame);
  const [hovered, setHovered] = useState<number>();
  const view = useRef<Viewport>(undefined);
  const painted = useRef<Viewport>(undefined);
  const cost = useRef(0);
  const pending = useRef({ frame: 0, rest: 0 });
  const active = hovered ?? selected;

  const paintBase = useCallback(() => {
    const canvas = base.current;
    if (canvas === null || view.current === undefined) return;
    const context = brushOf(canvas, size);
    if (context === null) return;
    const started = performance.now();
    paintPlan(context, { scene, view: view.current, size, mode, showRepairs });
    cost.current = performance.now() - started;
    painted.current = view.current;
    canvas.style.transform = '';
  }, [scene, size, mode, showRepairs]);

  const paintOverlay = useCallback(() => {
    const canvas = overlay.current;
    if (canvas === null || view.current === undefined) return;
    const context = brushOf(canvas, size);
    context?.clearRect(0, 0, size.width, size.height);
    const room = active === undefined ? undefined : rooms[active];
    if (context !== null && room !== undefined) paintHighlight(context, room, view.current, mode);
  }, [active, rooms, size, mode]);

  const latest = useRef({ paintBase, paintOverlay });
  useEffect(() => {
    latest.current = { paintBase, paintOverlay };
  });

  const show = useCallback((next: Viewport) => {
    view.current = next;
    const wait = pending.current;
    if (wait.frame !== 0) return;
    wait.frame = requestAnimationFrame(() => {
      wait.frame = 0;
      clearTimeout(wait.rest);
      const { current: now } = view;
      const { current: before } = painted;
      if (cost.current < frameMilliseconds || now === undefined || before === undefined) {
        latest.current.paintBase();
      } else if (base.current !== null) {
        const { scale, dx, dy } = pictureTransform(before, now);
        base.current.style.transform = `translate(${dx}px, ${dy}px) scale(${scale})`;
        wait.rest = window.setTimeout(() => latest.current.paintBase(), restMilliseconds);
      }
      latest.current.paintOverlay();
    });
  }, []);

  const fit = useCallback(() => {
    if (size.width > 0) show(fitPlan(scene.bounds, size));
  }, [scene.bounds, size, show]);

  // A new plan, or a new size of the frame, is shown as a whole.
  const [minX, minY, maxX, maxY] = scene.bounds;
  useEffect(() => {
    if (size.width > 0) view.current = fitPlan([minX, minY, maxX, maxY], size);
  }, [minX, minY, maxX, maxY, size]);
  useEffect(paintBase, [paintBase]);
  useEffect(paintOverlay, [paintOverlay]);
  useEffect(() => {
    const wait = pending.current;
    return () => {
      cancelAnimationFrame(wait.frame);
      clearTimeout(wait.rest);
      wait.frame = 0;
    };
  }, []);

  // A room chosen elsewhere is brought into view.
  useEffect(() => {
    const room = selected === undefined ? undefined : rooms[selected];
    const now = view.current;
    if (room === undefined || now === undefined || size.width === 0) return;
    const [x, y] = toScreen(now, room.label_point);
    if (x > 0 && y > 0 && x < size.width && y < size.height) return;
    show(panBy(now, size.width / 2 - x, size.height / 2 - y));
  }, [selected, rooms, size, show]);

  const limits = useMemo((): readonly [number, number] => {
    const whole = size.width > 0 ? fitPlan(scene.bounds, size).scale : 1;
    return [whole / 4, whole * 2000];
  }, [scene.bounds, size]);

  const zoom = (factor: number, at: Point = [size.width / 2, size.height / 2]): void => {
    if (view.current !== undefined) show(zoomAt(view.current, factor, at, limits));
  };
  const pan = (dx: number, dy: number): void => {
    if (view.current !== undefined) show(panBy(view.current, dx, dy));
  };
  const roomAt = (at: Point): number | undefined =>
    view.current === undefined ? undefined : scene.index.roomAt(toWorld(view.current, at));

  useGestures(overlay, {
    onTap: (at) => onSelect(roomAt(at)),
    onDrag: (_at, dx, dy) => {
      setHovered(undefined);
      pan(dx, dy);
    },
    onPan: pan,
    onZoom: zoom,
    onHover: (at) => setHovered(at === undefined ? undefined : roomAt(at)),
  });

  const step = (by: number): void => {
    if (rooms.length === 0) return;
    const from = selected ?? (by > 0 ? -1 : 0);
    onSelect((from + by + rooms.length) % rooms.length);
  };

  const keys: Readonly<Record<string, () => void>> = {
    arrowleft: () => pan(60, 0),
    arrowright: () => pan(-60, 0),
    arrowup: () => pan(0, 60),
    arrowdown: () => pan(0, -60),
    '+': () => zoom(1.4),
    '=': () => zoom(1.4),
    '-': () => zoom(1 / 1.4),
    '0': fit,
    n: () => step(1),
    p: () => step(-1),
    escape: () => onSelect(undefined),
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key.toLowerCase()];
    if (act === undefined) return;
    event.preventDefault();
    setHovered(undefined);
    act();
  };

  const activeRoom = active === undefined ? undefined : rooms[active];
  const what = rooms.length > 0 ? `with ${count(rooms.length, 'room')}` : `of ${count(walls.length, 'wall')}`;
  return (
    <Box
      ref={frame}
      sx={{
        position: 'relative',
        width: '100%',
        height: '100%',
        overflow: 'hidden',
        bgcolor: 'background.paper',
      }}
    >
      <Box
        component="canvas"
        ref={base}
        aria-hidden
        sx={{ position: 'absolute', inset: 0, width: '100%', height: '100%', transformOrigin: '0 0' }}
      />
      <Box
        component="canvas"
        ref={overlay}
        data-testid="plan-canvas"
        tabIndex={0}
        role="application"
        aria-roledescription="floor plan"
        aria-label={`Floor plan ${what}. Arrow keys move, plus and minus zoom, 0 shows all, N and P go through the rooms.`}
        onKeyDown={onKeyDown}
        sx={{
          position: 'absolute',
          inset: 0,
          width: '100%',
          height: '100%',
          touchAction: 'none',
          cursor: activeRoom === undefined ? 'grab' : 'pointer',
          '&:focus-visible': { outline: '3px solid', outlineColor: 'primary.main', outlineOffset: '-3px' },
        }}
      />
      <RoomCard room={activeRoom} number={(active ?? 0) + 1} low={isHigh(activeRoom, view.current, size)} />
      <ToolStack>
        <ToolButton label="Zoom in" onClick={() => zoom(1.5)} icon={<AddIcon />} />
        <ToolButton label="Zoom out" onClick={() => zoom(1 / 1.5)} icon={<RemoveIcon />} />
        <ToolButton label="Show the whole plan" onClick={fit} icon={<FitScreenIcon />} />
      </ToolStack>
    </Box>
  );
}
