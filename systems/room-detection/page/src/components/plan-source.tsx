/** The three ways to a plan: a sample, a file, a drawing. */

import { type SampleSummary, samples } from 'virtual:samples';
import DrawIcon from '@mui/icons-material/Draw';
import UploadFileIcon from '@mui/icons-material/UploadFile';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { type ChangeEvent, type RefObject, useRef, useState } from 'react';
import { count } from '../plan/numbers.ts';
import { type Plan, readPlan, readPlanFile } from '../plan/plan.ts';
import { fail } from '../problem.ts';
import { SelectField } from './select-field.tsx';

export interface PlanSourceProps {
  readonly plan: Plan | undefined;
  readonly busy: boolean;
  readonly drawing: boolean;
  readonly onLoad: (load: () => Promise<Plan>) => void;
  readonly onDraw: () => void;
  readonly drawButton: RefObject<HTMLButtonElement | null>;
}

async function loadSample(sample: SampleSummary): Promise<Plan> {
  const failure = fail('The sample cannot be loaded', sample.name, 'Check the connection and pick it again.');
  const response = await fetch(sample.url).catch(() => undefined);
  if (response === undefined || !response.ok) throw failure;
  return readPlan(await response.text(), sample.name);
}

export function PlanSource({ plan, busy, drawing, onLoad, onDraw, drawButton }: PlanSourceProps) {
  const input = useRef<HTMLInputElement>(null);
  // Until something is picked or uploaded, the plan of a job that was taken up again is known by its name.
  const [picked, setPicked] = useState<string>();
  const current = samples.find(
    ({ id, name }) => name === plan?.name && (picked === undefined || id === picked),
  );

  const pick = (id: string): void => {
    const chosen = samples.find((entry) => entry.id === id);
    setPicked(id);
    if (chosen !== undefined) onLoad(() => loadSample(chosen));
  };

  const upload = (event: ChangeEvent<HTMLInputElement>): void => {
    const file = event.target.files?.item(0);
    // Emptied, so that choosing the same file again, once fixed, is a change.
    event.target.value = '';
    if (!file) return;
    setPicked('');
    onLoad(() => readPlanFile(file));
  };

  return (
    <Paper
      variant="outlined"
      component="section"
      aria-labelledby="plan-title"
      sx={{ p: 2, display: 'grid', gap: 1.5 }}
    >
      <Typography id="plan-title" variant="subtitle1" component="h2" sx={{ fontWeight: 600 }}>
        Plan
      </Typography>
      <SelectField
        label="Sample plan"
        value={current?.id ?? ''}
        onChange={pick}
        disabled={busy}
        testId="sample-select"
      >
        <option value="">Pick a sample…</option>
        {samples.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1 }}>
        <Button
          variant="outlined"
          startIcon={<UploadFileIcon />}
          disabled={busy}
          onClick={() => input.current?.click()}
        >
          Upload JSON
        </Button>
        <Button
          ref={drawButton}
          variant="outlined"
          startIcon={<DrawIcon />}
          disabled={busy || drawing}
          onClick={onDraw}
        >
          {plan === undefined ? 'Draw walls' : 'Edit walls'}
        </Button>
      </Box>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        hidden
        aria-label="Plan as a JSON file"
        data-testid="upload-input"
        onChange={upload}
      />
      {plan !== undefined && (
        <Box>
          <Typography
            variant="body2"
            sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}
            data-testid="plan-name"
          >
            {plan.name}
          </Typography>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {current?.description ? `${current.description} ` : ''}
            {count(plan.walls.length, 'wall')}.
          </Typography>
        </Box>
      )}
    </Paper>
  );
}
