/** One problem: what happened, why, and what to do. Scrolled into view, since on a phone it may be far off. */
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Typography from '@mui/material/Typography';
import { useEffect, useRef } from 'react';
import type { Problem } from '../problem.ts';

export interface ProblemAlertProps {
  readonly problem: Problem;
  /** It is being waited out: nothing to do. */
  readonly passing?: boolean;
}

export function ProblemAlert({ problem, passing = false }: ProblemAlertProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem !== undefined) place.current?.scrollIntoView({ block: 'nearest' });
  }, [problem]);
  return (
    <Alert
      ref={place}
      severity={passing ? 'warning' : 'error'}
      variant="outlined"
      data-testid={passing ? 'interruption' : 'error'}
      sx={{ bgcolor: 'background.paper', '.MuiAlert-message': { minWidth: 0, overflowWrap: 'anywhere' } }}
    >
      <AlertTitle>{problem.title}</AlertTitle>
      <Typography variant="body2">{problem.detail}</Typography>
      <Typography variant="body2" sx={{ mt: 1, fontWeight: 600 }}>
        {passing ? 'The page keeps asking, and the job goes on without it.' : problem.advice}
      </Typography>
    </Alert>
  );
}
