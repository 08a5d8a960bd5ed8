/**
 * What cdk-nag found, as results of rules: one per rule, with logical ids and construct paths of the app itself. A rule
 * that threw (as a rule on a value that is not known before deployment) cannot tell; cdk-nag itself calls that a
 * violation.
 */

import {
  type Architecture,
  type Resource,
  type ResourceRef,
  resourceRef,
} from '../../../architecture/index.ts';
import type { Finding, RuleResult, Unclear, Verdict } from '../../finding.ts';
import { nagRuleOf } from './nag-rules.ts';
import type { NagOutput, NagPackName, NagPlace, NagRule } from './nag-run.ts';
import { couldNotRun, type ToolPart } from './part.ts';
import { isPublicFront } from './public-front.ts';
import type { Answer } from './worker.ts';

const reference = 'https://github.com/cdklabs/cdk-nag/blob/main/RULES.md';

export function nagResults(
  app: Architecture,
  answer: Answer<NagOutput>,
  packs: readonly NagPackName[],
): ToolPart {
  const name = 'cdk-nag';
  if (answer.outcome !== 'ran') {
    return couldNotRun(
      { name, packs },
      answer,
      'it, aws-cdk-lib or constructs is not installed: npm install --save-dev cdk-nag aws-cdk-lib constructs',
    );
  }
  const { output, milliseconds } = answer;
  const because = output.notChecked.map(
    ({ stack, logicalId, because: why }) =>
      `${logicalId === undefined ? `the whole stack ${stack}` : `${stack}/${logicalId}`} was not checked: ${why}`,
  );
  return {
    run: {
      name,
      outcome: 'ran',
      version: output.version,
      rules: output.rules.length,
      packs,
      resources: output.resources,
      milliseconds,
      ...(because.length === 0 ? {} : { because: because.join('; ') }),
    },
    results: output.rules.map((rule) => resultOf(rule, app)),
  };
}

function resultOf(rule: NagRule, app: Architecture): RuleResult {
  const { area, severity, title, fix } = nagRuleOf(rule);
  const hits = rule.hits.filter(
    ({ stack, logicalId }) =>
      ![rule.id, ...rule.also].includes('AwsSolutions-SQS3') ||
      !holdsDeadLetters(app.byId(`${stack}/${logicalId}`)),
  );
  const findings = hits.map((hit): Finding => {
    const resource = refOf(hit, app);
    const where = resource?.id ?? `${hit.stack}/${hit.logicalId}`;
    const isMeant =
      [rule.id, ...rule.also].includes('AwsSolutions-EC23') && isPublicFront(app.byId(where), app);
    return {
      rule: rule.id,
      source: 'cdk-nag',
      area,
      severity: isMeant ? 'info' : severity(hit.about),
      title: isMeant
        ? 'The internet may reach a public load balancer on 80 and 443, as is meant.'
        : hit.about === undefined
          ? `${title}.`
          : `${title}: ${wordsOf(hit.about)}.`,
      why: rule.explanation,
      fix,
      ...(resource === undefined ? {} : { resource }),
      evidence: [{ at: `${where}/Properties`, shows: hit.about ?? rule.info }],
      reference,
      fingerprint: [rule.id, where, hit.about].filter(Boolean).join('|'),
      ...(rule.also.length === 0 ? {} : { alsoReportedBy: rule.also }),
    };
  });
  const unclear = rule.unclear.map((place): Unclear => {
    const resource = refOf(place, app);
    return {
      ...(resource === undefined ? {} : { resource }),
      what: rule.info,
      because: place.because,
    };
  });
  const verdict: Verdict =
    findings.length > 0
      ? 'findings'
      : unclear.length > 0
        ? 'cannot-tell'
        : rule.checked > 0
          ? 'pass'
          : 'not-applicable';
  return { rule: rule.id, area, verdict, checked: rule.checked, findings, unclear };
}

/** cdk-nag sees the dead-letter queues of queues; those of functions, subscriptions and rules it takes for plain queues. */
const holdsDeadLetters = (queue: Resource | undefined): boolean =>
  queue?.usedBy.some(({ path }) => /deadletter/i.test(path)) ?? false;

function refOf({ stack, logicalId }: NagPlace, app: Architecture): ResourceRef | undefined {
  const resource = app.byId(`${stack}/${logicalId}`);
  return resource === undefined ? undefined : resourceRef(resource);
}

/** `Resource::<Jobs.Arn>/*` → `resource <Jobs.Arn>/*`; of a managed policy of AWS only the name. */
const wordsOf = (about: string): string =>
  about
    .replace(/^Policy::arn:[^:]*(?:::[^:]*)?:iam::aws:policy\/(?:.*\/)?/, '')
    .replace(/^([A-Z][a-z]+)::/, (_, kind: string) => `${kind.toLowerCase()} `);
