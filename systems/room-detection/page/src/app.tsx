/** The page: choose or draw a plan, have its rooms detected, look at them. */
import Box from '@mui/material/Box';
import CircularProgress from '@mui/material/CircularProgress';
import Container from '@mui/material/Container';
import Paper from '@mui/material/Paper';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { EmptyBoard } from './components/empty-board.tsx';
import { JobStatus } from './components/job-status.tsx';
import { PlanSource } from './components/plan-source.tsx';
import { ProblemAlert } from './components/problem-alert.tsx';
import { TopBar } from './components/top-bar.tsx';
import { useFileDrop } from './components/use-file-drop.ts';
import { forgetPlan, keptPlan } from './job/kept-plan.ts';
import { addressedJob, addressIsNoJob, useJob } from './job/use-job.ts';
import { type Plan, readPlanFile } from './plan/plan.ts';
import { fail, type Problem, toProblem } from './problem.ts';

const PlanCanvas = lazy(() =>
  import('./canvas/plan-canvas.tsx').then((module) => ({ default: module.PlanCanvas })),
);
const DrawBoard = lazy(() =>
  import('./draw/draw-board.tsx').then((module) => ({ default: module.DrawBoard })),
);
const RoomsPanel = lazy(() =>
  import('./components/rooms-panel.tsx').then((module) => ({ default: module.RoomsPanel })),
);

export function App() {
  const [plan, setPlan] = useState<Plan>();
  const [problem, setProblem] = useState<Problem>();
  const [drawing, setDrawing] = useState(false);
  /** What is on the drawing board, where there are walls on it. */
  const [drawn, setDrawn] = useState<Plan>();
  const [selected, setSelected] = useState<number>();
  const [showRepairs, setShowRepairs] = useState(true);
  const { step, start, resume, reset } = useJob();

  useEffect(() => {
    const open = (): void => {
      const jobId = addressedJob();
      if (jobId === undefined) {
        if (addressIsNoJob()) setProblem(toProblem(noSuchAddress));
        return;
      }
      setProblem(undefined);
      setSelected(undefined);
      setDrawing(false);
      setPlan(keptPlan('plan', jobId));
      resume(jobId);
    };
    open();
    window.addEventListener('hashchange', open);
    return () => window.removeEventListener('hashchange', open);
  }, [resume]);

  const choose = useCallback(
    (next: Plan) => {
      reset();
      setProblem(undefined);
      setSelected(undefined);
      setDrawing(false);
      setPlan(next);
    },
    [reset],
  );

  const chooseFrom = useCallback(
    (load: () => Promise<Plan>) => {
      setProblem(undefined);
      load().then(choose, (error) => setProblem(toProblem(error)));
    },
    [choose],
  );

  const drop = useFileDrop((file) => chooseFrom(() => readPlanFile(file)));
  const busy = step.kind === 'creating' || step.kind === 'waiting';
  const result = step.kind === 'done' ? step.result : undefined;
  const walls = result?.walls ?? plan?.walls;
  const shownProblem = problem ?? (step.kind === 'failed' ? step.problem : undefined);

  // On a phone the plan lies below the button: its rooms are brought into view.
  const board = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (result !== undefined) board.current?.scrollIntoView({ block: 'nearest' });
  }, [result]);

  const detect = (): void => {
    const wanted = drawing ? drawn : (plan ?? (walls && { name: 'Plan', walls }));
    if (wanted === undefined) return;
    if (drawing) {
      forgetPlan('drawing');
      choose(wanted);
    }
    setProblem(undefined);
    setSelected(undefined);
    start(wanted);
  };
  const ready = drawing ? drawn !== undefined : walls !== undefined;

  // What had the focus is gone when the drawing board is left.
  const detectButton = useRef<HTMLButtonElement>(null);
  const drawButton = useRef<HTMLButtonElement>(null);
  const [left, setLeft] = useState<'done' | 'given up'>();
  useEffect(() => {
    if (left !== undefined) (left === 'done' ? detectButton : drawButton).current?.focus();
    setLeft(undefined);
  }, [left]);

  return (
    <Box {...drop.handlers} sx={{ minHeight: '100dvh', display: 'flex', flexDirection: 'column' }}>
      <TopBar />
      <Container
        component="main"
        maxWidth="xl"
        sx={{
          flex: 1,
          py: 2,
          display: 'grid',
          gap: 2,
          alignItems: 'start',
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: '340px minmax(0, 1fr)' },
        }}
      >
        <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
          <PlanSource
            plan={plan}
            busy={busy}
            onLoad={chooseFrom}
            onDraw={() => {
              setProblem(undefined);
              setDrawing(true);
            }}
            drawing={drawing}
            drawButton={drawButton}
          />
          <JobStatus
            step={step}
            ready={ready}
            what={drawing ? 'drawing' : 'plan'}
            onDetect={detect}
            button={detectButton}
          />
          {shownProblem !== undefined && <ProblemAlert problem={shownProblem} />}
        </Box>
        <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
          <Paper
            ref={board}
            variant="outlined"
            sx={{
              position: 'relative',
              overflow: 'hidden',
              height: { xs: '62dvh', md: 'min(72dvh, 820px)' },
              minHeight: 320,
              ...(drop.over && { outline: '3px dashed', outlineColor: 'primary.main' }),
            }}
          >
            <Suspense fallback={<Loading />}>
              {drawing ? (
                <DrawBoard
                  initial={plan}
                  onChange={setDrawn}
                  onDone={(next) => {
                    choose(next);
                    setLeft('done');
                  }}
                  onCancel={() => {
                    setDrawing(false);
                    setLeft('given up');
                  }}
                />
              ) : walls === undefined ? (
                <EmptyBoard over={drop.over} />
              ) : (
                <PlanCanvas
                  walls={walls}
                  rooms={result?.rooms}
                  repairs={result?.repairs}
                  showRepairs={showRepairs}
                  selected={selected}
                  onSelect={setSelected}
                />
              )}
            </Suspense>
          </Paper>
          {result !== undefined && !drawing && (
            <Suspense fallback={<Loading />}>
              <RoomsPanel
                result={result}
                selected={selected}
                onSelect={setSelected}
                showRepairs={showRepairs}
                onShowRepairs={setShowRepairs}
              />
            </Suspense>
          )}
        </Box>
      </Container>
    </Box>
  );
}

const noSuchAddress = fail(
  'The address of this page names no job',
  'What stands after #job= is not the id of one: job_ and letters and digits.',
  'Look for the whole address, or choose a plan and detect its rooms.',
);

const Loading = () => (
  <Box sx={{ display: 'grid', placeItems: 'center', height: '100%', minHeight: 120 }}>
    <CircularProgress aria-label="Loading" />
  </Box>
);
