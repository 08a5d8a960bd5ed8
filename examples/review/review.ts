// Reviews an app from its template, and fails when a gate fails: for a build that must not ship a finding.
import { reviewApp, toText } from 'slipway/review';

const report = await reviewApp(process.argv[2] ?? 'cdk.out', { sections: ['cost', 'security', 'recovery'] });
console.log(toText(report, { width: 100 }));
if (report.gates.some(({ verdict }) => verdict === 'failed')) process.exitCode = 1;
