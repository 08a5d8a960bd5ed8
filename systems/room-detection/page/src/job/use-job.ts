/** The page's one job: started from a plan, taken up from the address, given up when another one starts. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { createJobsApi } from '../api/jobs-api.ts';
import type { Plan } from '../plan/plan.ts';
import { createAndFollow, followJob, type JobStep, pause } from './follow-job.ts';
import { hashFor, jobIn } from './job-address.ts';
import { keepPlan } from './kept-plan.ts';

export interface JobControl {
  readonly step: JobStep;
  start(plan: Plan): void;
  resume(jobId: string): void;
  reset(): void;
}

const api = createJobsApi((url, init) => fetch(url, init));

const clearAddress = (): void => {
  if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search);
};

export function useJob(): JobControl {
  const [step, setStep] = useState<JobStep>({ kind: 'idle' });
  const running = useRef<AbortController>(undefined);

  const begin = useCallback((): AbortController => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    return controller;
  }, []);

  useEffect(() => () => running.current?.abort(), []);

  const start = useCallback(
    (plan: Plan) => {
      const { signal } = begin();
      let known = '';
      const tell = (next: JobStep): void => {
        if (signal.aborted) return;
        if (next.kind === 'waiting' && next.jobId !== known) {
          known = next.jobId;
          history.replaceState(null, '', hashFor(known));
          keepPlan('plan', plan, known);
        }
        setStep(next);
      };
      void createAndFollow(plan, { api, signal, tell, pause });
    },
    [begin],
  );

  const resume = useCallback(
    (jobId: string) => {
      const { signal } = begin();
      const tell = (next: JobStep): void => {
        if (!signal.aborted) setStep(next);
      };
      void followJob(jobId, { api, signal, tell, pause });
    },
    [begin],
  );

  const reset = useCallback(() => {
    running.current?.abort();
    clearAddress();
    setStep({ kind: 'idle' });
  }, []);

  return { step, start, resume, reset };
}

export const addressedJob = (): string | undefined => jobIn(location.hash);

/** Something else stands where the address names a job. */
export const addressIsNoJob = (): boolean => /^#job\b/.test(location.hash) && addressedJob() === undefined;
