/** The rules of Principal and NotPrincipal: who may be named, and in which kind of policy. */
import { isDictionary, type Report, strings } from './problems.ts';
import type { PolicyKind } from './types.ts';

const types = new Set(['AWS', 'Service', 'Federated', 'CanonicalUser']);

const awsPrincipals: readonly RegExp[] = [
  /^\*$/,
  /^\d{12}$/,
  /^arn:[a-z-]+:iam::(\d{12}):(root|user\/\S+|role\/\S+)$/,
  /^arn:[a-z-]+:sts::\d{12}:(assumed-role|federated-user)\/\S+$/,
  /^arn:[a-z-]+:iam::cloudfront:user\/CloudFront Origin Access Identity \w+$/,
  // What AWS shows for a user or role that was deleted.
  /^A[A-Z]{3}[A-Z0-9]{12,}$/,
];

const isPrincipal: Readonly<Record<string, (value: string) => boolean>> = {
  // A wildcard stands for everyone or not at all: it cannot match part of a name.
  AWS: (value) => awsPrincipals.some((form) => form.test(value)) && (value === '*' || !/[*?]/.test(value)),
  Service: (value) => /^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(value),
  Federated: (value) => /^[^*?\s]+$/.test(value),
  CanonicalUser: (value) => /^[0-9a-f]{64}$/.test(value),
};

function checkElement(value: unknown, path: string, report: Report) {
  if (value === '*') return;
  if (!isDictionary(value) || Object.keys(value).length === 0) {
    return report(path, `Invalid principal in policy: ${JSON.stringify(value)}`);
  }
  for (const [type, names] of Object.entries(value)) {
    if (!types.has(type)) {
      report(`${path}/${type}`, `Invalid principal in policy: unknown type ${type}`);
      continue;
    }
    for (const name of strings(names, `${path}/${type}`, report)) {
      if (!isPrincipal[type]?.(name)) {
        report(
          `${path}/${type}`,
          `Invalid principal in policy: "${type === 'Service' ? 'SERVICE' : type}":"${name}"`,
        );
      }
    }
  }
}

export function checkPrincipal(
  statement: Readonly<Record<string, unknown>>,
  kind: PolicyKind,
  path: string,
  report: Report,
): void {
  const { Principal, NotPrincipal, Effect } = statement;
  if (kind === 'identity') {
    if (Principal !== undefined)
      report(`${path}/Principal`, 'Policy document should not specify a principal.');
    if (NotPrincipal !== undefined) {
      report(`${path}/NotPrincipal`, 'Policy document should not specify a principal.');
    }
    return;
  }
  if (Principal === undefined && NotPrincipal === undefined) {
    report(path, 'Missing required field Principal');
  }
  if (Principal !== undefined) checkElement(Principal, `${path}/Principal`, report);
  if (NotPrincipal === undefined) return;
  if (Principal !== undefined) {
    report(path, 'Syntax errors in policy. Principal and NotPrincipal cannot stand in one statement.');
  }
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
  if (kind === 'trust') report(`${path}/NotPrincipal`, 'Has prohibited field NotPrincipal');
  if (Effect === 'Allow') report(`${path}/NotPrincipal`, 'Allow with NotPrincipal is not supported.');
  checkElement(NotPrincipal, `${path}/NotPrincipal`, report);
}
