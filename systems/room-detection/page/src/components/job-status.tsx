/** The button that starts a job, and where the job is. */
import SearchIcon from '@mui/icons-material/Search';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip, { type ChipProps } from '@mui/material/Chip';
import LinearProgress from '@mui/material/LinearProgress';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { JobStep } from '../job/follow-job.ts';
import { duration, percent } from '../plan/numbers.ts';
import { ProblemAlert } from './problem-alert.tsx';

export interface JobStatusProps {
  readonly step: JobStep;
  readonly ready: boolean;
  /** What the rooms of would be detected. */
  readonly what: 'plan' | 'drawing';
  readonly onDetect: () => void;
  readonly button: RefObject<HTMLButtonElement | null>;
}

interface Told {
  readonly state: string;
  readonly label: string;
  readonly colour: ChipProps['color'];
  readonly text: string;
}

const longWaitMilliseconds = 15_000;

function tell(step: JobStep, ready: boolean, what: JobStatusProps['what']): Told {
  switch (step.kind) {
    case 'idle':
      return ready
        ? {
            state: 'ready',
            label: 'Ready',
            colour: 'default',
            text: `Ready to detect the rooms of this ${what}.`,
          }
        : {
            state: 'idle',
            label: 'No plan',
            colour: 'default',
            text: what === 'drawing' ? 'Draw the walls first.' : 'Choose or draw a plan first.',
          };
    case 'creating':
      return { state: 'creating', label: 'Sending', colour: 'info', text: 'Sending the plan…' };
    case 'waiting': {
      if (step.status === 'pending') {
        return { state: 'pending', label: 'Pending', colour: 'info', text: 'The job waits for a worker…' };
      }
      if (step.status === 'processing') {
        return {
          state: 'processing',
          label: 'Processing',
          colour: 'info',
          text: 'A worker looks for rooms…',
        };
      }
      return { state: 'loading', label: 'Loading', colour: 'info', text: 'Done; loading the rooms…' };
    }
    case 'done': {
      const { processing_time: seconds } = step.view;
      const took = seconds === undefined ? '' : ` in ${duration(seconds)}`;
      return {
        state: 'completed',
        label: 'Completed',
        colour: 'success',
        text: `Done${took}.`,
      };
    }
    case 'failed':
      return { state: 'failed', label: 'Failed', colour: 'error', text: 'There is no result; see below.' };
  }
}

export function JobStatus({ step, ready, what, onDetect, button }: JobStatusProps) {
  const told = tell(step, ready, what);
  const busy = step.kind === 'creating' || step.kind === 'waiting';
  // A button that is disabled while the job runs loses the focus; it gets it back unless it has gone elsewhere.
  const pressed = useRef(false);
  useEffect(() => {
    if (busy || !pressed.current) return;
    pressed.current = false;
    if (document.activeElement === document.body) button.current?.focus({ preventScroll: true });
  }, [busy, button]);
  const jobId = 'jobId' in step ? step.jobId : undefined;
  const slow = useSlow(busy, jobId);
  const interruption = step.kind === 'waiting' ? step.interruption : undefined;
  return (
    <Paper
      variant="outlined"
      component="section"
      aria-labelledby="job-title"
      sx={{ p: 2, display: 'grid', gap: 1.5 }}
    >
      <Typography id="job-title" variant="subtitle1" component="h2" sx={{ fontWeight: 600 }}>
        Rooms
      </Typography>
      <Button
        ref={button}
        variant="contained"
        size="large"
        startIcon={<SearchIcon />}
        disabled={!ready || busy}
        onClick={() => {
          onDetect();
          pressed.current = true;
        }}
        data-testid="detect-button"
      >
        {step.kind === 'done' || step.kind === 'failed' ? 'Detect rooms again' : 'Detect rooms'}
      </Button>
      <Box role="status" data-testid="status" data-status={told.state}>
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
          <Chip size="small" color={told.colour} label={told.label} />
          <Typography variant="body2">{told.text}</Typography>
        </Box>
        {slow && (
          <Typography variant="body2" sx={{ mt: 1, color: 'text.secondary' }}>
            This takes longer than usual. You may leave: the address of this page brings you back to the job.
          </Typography>
        )}
      </Box>
      {busy && <LinearProgress aria-label="The job is running" />}
      {interruption !== undefined && <ProblemAlert problem={interruption} passing />}
      {step.kind === 'done' && (
        <Box sx={{ display: 'flex', gap: 3 }}>
          <Figure
            value={String(step.result.rooms_count)}
            label={step.result.rooms_count === 1 ? 'room' : 'rooms'}
            testId="rooms-count"
          />
          <Figure value={percent(step.result.confidence_score)} label="confidence" testId="confidence" />
          <Figure
            value={String(repairCount(step.result.stats.repairs))}
            label={repairCount(step.result.stats.repairs) === 1 ? 'repair' : 'repairs'}
            testId="repairs-count"
          />
        </Box>
      )}
      {jobId !== undefined && (
        <Typography variant="caption" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
          Job <span data-testid="job-id">{jobId}</span>
        </Typography>
      )}
    </Paper>
  );
}

const repairCount = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, value) => sum + value, 0);

interface FigureProps {
  readonly value: string;
  readonly label: string;
  readonly testId: string;
}

const Figure = ({ value, label, testId }: FigureProps) => (
  <Box>
    <Typography variant="h5" component="p" data-testid={testId}>
      {value}
    </Typography>
    <Typography variant="body2" sx={{ color: 'text.secondary' }}>
      {label}
    </Typography>
  </Box>
);

function useSlow(busy: boolean, jobId: string | undefined): boolean {
  const [slowJob, setSlowJob] = useState<string>();
  useEffect(() => {
    if (!busy || jobId === undefined) return undefined;
    const timer = setTimeout(() => setSlowJob(jobId), longWaitMilliseconds);
    return () => clearTimeout(timer);
  }, [busy, jobId]);
  return busy && jobId !== undefined && slowJob === jobId;
}
