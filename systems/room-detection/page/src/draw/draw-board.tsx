/**
 * The drawing board. Mouse and touch: click for a corner, or drag a wall; two fingers or the wheel move and zoom.
 * Keyboard: arrows move the cursor, Enter begins and ends a wall, Escape gives it up, Ctrl+Z or U undoes.
 */
import AddIcon from '@mui/icons-material/Add';
import FitScreenIcon from '@mui/icons-material/FitScreen';
import RemoveIcon from '@mui/icons-material/Remove';
import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import type { Box as Bounds, Wall } from '../../../rooms/index.ts';
import { boundsOf } from '../canvas/bounds.ts';
import { useGestures } from '../canvas/use-gestures.ts';
import { brushOf, useSize } from '../canvas/use-size.ts';
import { fitBox, type Point, panBy, toScreen, toWorld, type Viewport, zoomAt } from '../canvas/viewport.ts';
import { ToolButton, ToolStack } from '../components/tool-button.tsx';
import { forgetPlan, keepPlan, keptPlan } from '../job/kept-plan.ts';
import { count, shortNumber } from '../plan/numbers.ts';
import type { Plan } from '../plan/plan.ts';
import { addWall, clear, type Draft, giveUp, newDraft, placePoint, snap, toGrid, undo } from './draft.ts';
import { DrawBar, type DrawSettings } from './draw-bar.tsx';
import { paintDraft } from './paint-draft.ts';

export interface DrawBoardProps {
  readonly initial: Plan | undefined;
  /** Told what is drawn; undefined without a wall. */
  readonly onChange: (plan: Plan | undefined) => void;
  readonly onDone: (plan: Plan) => void;
  readonly onCancel: () => void;
}

const emptyBoard: Bounds = [0, 0, 16, 10];
const reachPixels = 14;
const scaleLimits: readonly [number, number] = [0.0001, 5000];

export function DrawBoard({ initial, onChange, onDone, onCancel }: DrawBoardProps) {
  const mode = useTheme().palette.mode;
  const [draft, setDraft] = useState<Draft>(() => newDraft(initial?.walls ?? keptPlan('drawing')?.walls));
  const [settings, setSettings] = useState<DrawSettings>({ grid: 0.5, bearing: false, chain: true });
  const [cursor, setCursor] = useState<Point>();
  const [view, setView] = useState<Viewport>();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(frame);
  const first = useRef<readonly Wall[]>(draft.walls);

  useEffect(() => {
    if (size.width > 0) setView((old) => old ?? fitBox(boardOf(first.current), size));
  }, [size]);

  useEffect(() => {
    if (canvas.current === null || view === undefined) return;
    const context = brushOf(canvas.current, size);
    const { walls, open } = draft;
    if (context !== null) paintDraft(context, { walls, open, cursor, grid: settings.grid, view, size, mode });
  }, [draft, cursor, settings.grid, view, size, mode]);

  // The button that opened the board cannot keep the focus.
  useEffect(() => canvas.current?.focus({ preventScroll: true }), []);

  const name = initial === undefined ? 'Drawing' : editedName(initial.name);
  useEffect(
    () => onChange(draft.walls.length > 0 ? { name, walls: draft.walls } : undefined),
    [onChange, draft.walls, name],
  );

  useEffect(() => {
    if (draft.walls.length > 0) keepPlan('drawing', { name: 'Drawing', walls: draft.walls });
    else forgetPlan('drawing');
  }, [draft.walls]);

  const snapped = useCallback(
    (at: Point): Point =>
      view === undefined ? at : snap(draft.walls, toWorld(view, at), settings.grid, reachPixels / view.scale),
    [draft.walls, settings.grid, view],
  );

  const zoom = (factor: number, at: Point = [size.width / 2, size.height / 2]): void =>
    setView((old) => old && zoomAt(old, factor, at, scaleLimits));

  useGestures(canvas, {
    onTap: (at) => {
      const point = snapped(at);
      setCursor(point);
      setDraft((old) => placePoint(old, point, settings));
    },
    onDragStart: (at) => {
      const point = snapped(at);
      setDraft((old) => ({ ...old, open: point }));
    },
    onDrag: (at) => setCursor(snapped(at)),
    onDragEnd: (at) => {
      const end = snapped(at);
      setDraft((old) => (old.open === undefined ? old : addWall(old, old.open, end, settings)));
    },
    onDragCancel: () => setDraft(giveUp),
    onHover: (at) => {
      if (at !== undefined) setCursor(snapped(at));
    },
    onZoom: zoom,
    onPan: (dx, dy) => setView((old) => old && panBy(old, dx, dy)),
  });

  /** The cursor by keys: one step of the grid, ten with Shift; the board follows it. */
  const moveCursor = (dx: number, dy: number, fast: boolean): void => {
    if (view === undefined) return;
    const [x, y] = cursor ?? toWorld(view, [size.width / 2, size.height / 2]);
    const by = settings.grid * (fast ? 10 : 1);
    const next = gridPoint([x + dx * by, y + dy * by], settings.grid);
    setCursor(next);
    const [screenX, screenY] = toScreen(view, next);
    const margin = 30;
    const shiftX = Math.max(0, margin - screenX) - Math.max(0, screenX - size.width + margin);
    const shiftY = Math.max(0, margin - screenY) - Math.max(0, screenY - size.height + margin);
    if (shiftX !== 0 || shiftY !== 0) setView(panBy(view, shiftX, shiftY));
  };

  /** Without a cursor yet, in the middle of what is seen. */
  const place = (): void => {
    if (cursor === undefined) moveCursor(0, 0, false);
    const middle: Point = [size.width / 2, size.height / 2];
    const point = cursor ?? (view && gridPoint(toWorld(view, middle), settings.grid));
    if (point !== undefined) setDraft((old) => placePoint(old, point, settings));
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const fast = event.shiftKey;
    const undoes = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey);
    if (!undoes && (event.ctrlKey || event.metaKey || event.altKey)) return;
    const acts: Readonly<Record<string, () => void>> = {
      arrowleft: () => moveCursor(-1, 0, fast),
      arrowright: () => moveCursor(1, 0, fast),
      arrowup: () => moveCursor(0, 1, fast),
      arrowdown: () => moveCursor(0, -1, fast),
      enter: place,
      ' ': place,
      escape: () => setDraft(giveUp),
      u: () => setDraft(undo),
      backspace: () => setDraft(undo),
      '+': () => zoom(1.4),
      '=': () => zoom(1.4),
      '-': () => zoom(1 / 1.4),
    };
    const act = undoes ? () => setDraft(undo) : acts[event.key.toLowerCase()];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };

  const finish = (): void => {
    forgetPlan('drawing');
    onDone({ name, walls: draft.walls });
  };

  const where = cursor === undefined ? '' : `Cursor at ${cursor.map(shortNumber).join(', ')}. `;
  return (
    <Box sx={{ height: '100%', display: 'flex', flexDirection: 'column' }}>
      <DrawBar
        draft={draft}
        settings={settings}
        onSettings={setSettings}
        onUndo={() => setDraft(undo)}
        onClear={() => setDraft(clear)}
        onCancel={onCancel}
        onDone={finish}
      />
      <Box ref={frame} sx={{ position: 'relative', flex: 1, minHeight: 0 }}>
        <Box
          component="canvas"
          ref={canvas}
          data-testid="draw-canvas"
          tabIndex={0}
          role="application"
          aria-roledescription="drawing board"
          aria-label="Drawing board. Arrow keys move the cursor, Enter begins and ends a wall, Escape gives it up, U undoes."
          onKeyDown={onKeyDown}
          sx={{
            position: 'absolute',
            inset: 0,
            width: '100%',
            height: '100%',
            touchAction: 'none',
            cursor: 'crosshair',
            '&:focus-visible': { outline: '3px solid', outlineColor: 'primary.main', outlineOffset: '-3px' },
          }}
        />
        <Box
          role="status"
          sx={{
            position: 'absolute',
            left: 12,
            top: 6,
            typography: 'caption',
            color: 'text.secondary',
            pointerEvents: 'none',
          }}
        >
          {where}
          {draft.open === undefined ? '' : `Wall from ${draft.open.map(shortNumber).join(', ')}. `}
          {count(draft.walls.length, 'wall')}.
        </Box>
        <ToolStack>
          <ToolButton label="Zoom in" onClick={() => zoom(1.5)} icon={<AddIcon />} />
          <ToolButton label="Zoom out" onClick={() => zoom(1 / 1.5)} icon={<RemoveIcon />} />
          <ToolButton
            label="Show the whole drawing"
            onClick={() => setView(fitBox(boardOf(draft.walls), size))}
            icon={<FitScreenIcon />}
          />
        </ToolStack>
      </Box>
    </Box>
  );
}

const gridPoint = ([x, y]: Point, grid: number): Point => [toGrid(x, grid), toGrid(y, grid)];

const editedName = (name: string): string =>
  name.endsWith(' (edited)') || name === 'Drawing' ? name : `${name} (edited)`;

const boardOf = (walls: readonly Wall[]): Bounds => (walls.length === 0 ? emptyBoard : boundsOf(walls));
