/** One report with everything a form has to draw, and hostile words of the template's own in it. */

import { architectureOfTemplate } from '../../../src/architecture/index.ts';
import type { ReviewReport } from '../../../src/review/report.ts';
import { review } from '../../../src/review/review.ts';
import { configPart, loadPart, valid } from '../part.ts';
import { openBucket, quick, app as smallApp, today } from '../review/small-app.ts';

export const hostile = `<script src="http://evil.example/x.js">alert(1)</script><img src=x onerror=alert(2)>"'&`;

export async function fullReport(): Promise<ReviewReport> {
  const text = JSON.stringify({
    Description: hostile,
    Resources: {
      ...smallApp,
      ...openBucket,
      Odd: {
        Type: 'AWS::SQS::Queue',
        Metadata: { 'aws:cdk:path': `Notes/${hostile}/Resource` },
        Properties: { QueueName: hostile },
      },
      [`Fleet${hostile}`]: { Type: 'AWS::GameLift::Fleet', Properties: {} },
    },
  });
  const app = architectureOfTemplate(text, { name: 'Notes' });
  const load = loadPart(
    'seed: 1\nduration: 1min\narrivals: { POST /: 2 per second }\nobjectives: [{ entry: POST /, answered: { p95: 1s } }]',
    app,
  );
  const config = valid(configPart('recovery: { rto: 1h, rpo: 15m }\ngates: { budget: 1, readiness: true }'));
  return review(app, {
    today,
    load: valid(load),
    // The outside tools are checked elsewhere, and take their time to load.
    config: { ...config, packs: [] },
    sections: [...quick, 'capacity', 'security'],
  });
}
