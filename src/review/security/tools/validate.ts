/**
 * What cloudformation-validate found, as results of rules.
 *
 * Left out, because they told nobody anything: over 47 public CDK apps and Room Detection (100 templates, November
 * 2026) five of 303 rules made 4,545 of 4,684 diagnostics. I9001 (a property is create-only) and I9040 (could have
 * tags) say what a type is, not what is wrong; W3005 is a DependsOn that the CDK writes itself; I1022 prefers Fn::Sub
 * to the Fn::Join that the CDK writes; I9003 says that no region was given. The other 298 stay: they also see what
 * synth does not guarantee (retired runtimes and engines, ids of the wrong form, conditions that exclude each other).
 */

import { type Architecture, resourceRef } from '../../../architecture/index.ts';
import type { Finding, RuleResult, Severity } from '../../finding.ts';
import { couldNotRun, type ToolPart } from './part.ts';
import { validateRuleOf } from './validate-rules.ts';
import type { ValidateDiagnostic, ValidateOutput } from './validate-run.ts';
import type { Answer } from './worker.ts';

export const withoutRules: readonly string[] = ['I9001', 'I9003', 'I9040', 'W3005', 'I1022'];

const reference = 'https://github.com/aws-cloudformation/cloudformation-validate';

/** FATAL and ERROR: the deployment is refused or fails. */
const severityOf = {
  FATAL: 'high',
  ERROR: 'high',
  WARN: 'low',
  INFO: 'info',
  DEBUG: 'info',
} as const satisfies Record<ValidateDiagnostic['severity'], Severity>;

export function validateResults(app: Architecture, answer: Answer<ValidateOutput>): ToolPart {
  const name = 'cloudformation-validate';
  const packs = [`all but ${withoutRules.join(', ')}`];
  if (answer.outcome !== 'ran') {
    return couldNotRun(
      { name, packs },
      answer,
      '@aws/cloudformation-validate is not installed: npm install @aws/cloudformation-validate',
    );
  }
  const { output, milliseconds } = answer;
  const because = output.failed.map(({ stack, because: why }) => `${stack} was not read: ${why}`);
  const byRule = new Map<string, Map<string, Finding>>();
  for (const found of output.diagnostics) {
    if (isOfDummy(found) || isThere(found, app)) continue;
    const finding = findingOf(found, app);
    const ofRule = byRule.get(found.rule) ?? new Map<string, Finding>();
    // One path may be reported once per branch of a condition; it is one problem.
    if (!ofRule.has(finding.fingerprint)) ofRule.set(finding.fingerprint, finding);
    byRule.set(found.rule, ofRule);
  }
  const ids = [...new Set([...output.rules, ...byRule.keys()])];
  const results = ids.map((rule): RuleResult => {
    const findings = [...(byRule.get(rule)?.values() ?? [])];
    return {
      rule,
      area: findings[0]?.area ?? validateRuleOf(rule).area ?? 'template',
      // The tool does not say what a rule looked at, so every rule that found nothing passes over all resources.
      verdict: findings.length > 0 ? 'findings' : output.resources > 0 ? 'pass' : 'not-applicable',
      checked: output.resources,
      findings,
      unclear: [],
    };
  });
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
    results,
  };
}

function findingOf(found: ValidateDiagnostic, app: Architecture): Finding {
  const { area, severity, title, why, fix } = validateRuleOf(found.rule);
  const id = found.entity === undefined ? found.stack : `${found.stack}/${found.entity.logicalId}`;
  const resource = found.entity === undefined ? undefined : app.byId(id);
  const path = found.propertyPath?.replace(/\./g, '/');
  const at = path === undefined ? id : resource === undefined ? `${found.stack}/${path}` : `${id}/${path}`;
  const effect =
    found.severity === 'FATAL' || found.severity === 'ERROR'
      ? 'CloudFormation refuses the template, or the deployment fails and is rolled back.'
      : 'AWS advises against it; it does not stop a deployment.';
  return {
    rule: found.rule,
    source: 'cloudformation-validate',
    area: area ?? (found.category === 'Security' ? 'security' : 'template'),
    severity: severity ?? (found.category === 'Security' ? 'medium' : severityOf[found.severity]),
    title: title ?? sentence(named(found)),
    why: why ?? (found.description === undefined ? effect : `${sentence(found.description)} ${effect}`),
    fix: sentence(
      found.suggestedFix ??
        fix ??
        (path === undefined ? `Mend ${id} as the message says` : `Set ${path} to a value that is allowed`),
    ),
    ...(resource === undefined ? {} : { resource: resourceRef(resource) }),
    evidence: [{ at, shows: found.message }],
    reference: found.documentation ?? reference,
    fingerprint: [found.rule, id, found.propertyPath].filter(Boolean).join('|'),
  };
}

/**
 * The values that the CDK puts where a lookup was not done (context-provider defaults of aws-cdk-lib). The app says
 * by itself that the lookup is missing; the form of a dummy says nothing of the app.
 */
const dummy = /'(vpc|s|p|r|i|rtb|subnet)-(12345|67890)'|dummy-value-for-|'dummy/i;
const isOfDummy = ({ message }: ValidateDiagnostic): boolean => dummy.test(message);

/**
 * A property that "is required" although it is written: the tool's rule takes `Fn::GetAtt` of another resource's port
 * for nothing, as the CDK writes it for every database's default port.
 */
function isThere({ rule, stack, entity }: ValidateDiagnostic, app: Architecture): boolean {
  if (rule !== 'E3687' || entity === undefined) return false;
  const written = app.byId(`${stack}/${entity.logicalId}`)?.node.properties;
  return written?.FromPort !== undefined && written.ToPort !== undefined;
}

/** `VpcId: 'x' does not match …`: the message speaks of the value without its property. */
function named({ message, propertyPath }: ValidateDiagnostic): string {
  const property = propertyPath?.replace(/^Properties\./, '');
  return property === undefined || !/^['[{]/.test(message) || property === 'Properties'
    ? message
    : `${property}: ${message}`;
}

const sentence = (text: string): string => (/[.!?)]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);
