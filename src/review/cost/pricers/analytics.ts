/** Jobs, crawlers and queries: https://aws.amazon.com/glue/pricing/ , https://aws.amazon.com/athena/pricing/ */
import { constant } from '../amount.ts';
import { line, type Pricer } from './model.ts';
import { assumed, monthly } from './questions.ts';

export const glue: Pricer = {
  types: ['AWS::Glue::Job', 'AWS::Glue::Crawler'],
  questions: () => [
    monthly('dpuHours', 'DPU-hours', 'DPU-hour', () =>
      assumed(constant(10, 'DPU-hour'), 'a short run every few days'),
    ),
  ],
  items: (job, flow) => [
    line(job.type.endsWith('Job') ? 'glue.etl' : 'glue.crawlers', flow.of(job, 'dpuHours')),
  ],
};

export const athena: Pricer = {
  types: ['AWS::Athena::WorkGroup'],
  questions: () => [
    monthly('scannedTB', 'Data that queries read', 'TB', () =>
      assumed(constant(0.01, 'TB'), 'ten gigabytes'),
    ),
  ],
  items: (group, flow) => [line('athena.scanned', flow.of(group, 'scannedTB'))],
};
