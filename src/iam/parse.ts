/**
 * Reads a policy document and refuses a malformed one, naming every problem and where it is. What this lets
 * through the evaluator can evaluate in full: nothing in a policy is skipped.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */

import { parseArn } from '../core/arn.ts';
import { isNestedDeeper } from '../core/nesting.ts';
import { checkConditionValue, checkOperator } from './conditions.ts';
import { checkPrincipal } from './parse-principal.ts';
import {
  type Dictionary,
  isDictionary,
  PolicyError,
  type PolicyProblem,
  type Report,
  strings,
} from './problems.ts';
import type { PolicyDocument, PolicyKind } from './types.ts';

const documentFields = new Set(['Version', 'Id', 'Statement']);
const statementFields = new Set([
  ...['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction'],
  ...['Resource', 'NotResource', 'Condition'],
]);

function unknownFields(value: Dictionary, known: ReadonlySet<string>, path: string, report: Report) {
  for (const name of Object.keys(value)) {
    if (!known.has(name))
      report(`${path}/${name}`, `Syntax errors in policy. There is an unknown element ${name}.`);
  }
}

function exactlyOne(statement: Dictionary, names: readonly [string, string], path: string, report: Report) {
  const [first, second] = names;
  if (statement[first] === undefined || statement[second] === undefined) return;
  report(path, `Syntax errors in policy. ${first} and ${second} cannot stand in one statement.`);
}

function checkActions(statement: Dictionary, kind: PolicyKind, path: string, report: Report) {
  exactlyOne(statement, ['Action', 'NotAction'], path, report);
  if (statement.Action === undefined && statement.NotAction === undefined) {
    report(path, 'Policy statement must contain actions.');
  }
  for (const name of ['Action', 'NotAction']) {
    if (statement[name] === undefined) continue;
    for (const action of strings(statement[name], `${path}/${name}`, report)) {
      if (action === '*' && kind !== 'trust') continue;
      const [vendor = '', ...rest] = action.split(':');
      if (rest.length === 0) {
        report(
          `${path}/${name}`,
          `Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc. This is not: ${action}`,
        );
      } else if (!/^[A-Za-z0-9-]+$/.test(vendor)) {
        report(`${path}/${name}`, `Vendor ${vendor} is not valid`);
      } else if (rest.length > 1) {
        report(`${path}/${name}`, `Actions/Condition can contain only one colon. This has more: ${action}`);
      } else if (kind === 'trust' && vendor.toLowerCase() !== 'sts') {
        report(
          `${path}/${name}`,
          `AssumeRole policy may only specify STS AssumeRole actions. This is none: ${action}`,
        );
      } else if (!/^[A-Za-z0-9*?_-]+$/.test(rest.join(':'))) {
        report(`${path}/${name}`, `The policy contains invalid Action ${action}`);
      }
    }
  }
}

const partitions = new Set([
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
  'aws-eusc',
]);

const iamPaths = [
  ...['user/', 'federated-user/', 'role/', 'group/', 'instance-profile/', 'mfa/', 'server-certificate/'],
  ...['policy/', 'sms-mfa/', 'saml-provider/', 'oidc-provider/', 'report/', 'access-report/'],
];

const reach = (text: string, start: string) => text.startsWith(start) || /^[^*?]*[*?]/.test(text);

/**
 * An ARN, perhaps cut short by a closing `*`; API Gateway's short form is expanded by its service. What IAM says of a
 * wrong one was recorded by suites that ran against it; its pages name the forms alone.
 */
function resourceProblem(value: string): string | undefined {
  if (value === '*' || value.startsWith('execute-api:/')) return undefined;
  const arn = parseArn(value);
  if (!value.startsWith('arn:')) return `Resource ${value} must be in ARN format or "*".`;
  const [, partition = '', vendor = ''] = value.split(':');
  if (!/[*?]/.test(partition) && !partitions.has(partition))
    return `Partition "${partition}" is not valid for resource "${value}".`;
  if (arn === undefined) return value.endsWith('*') ? undefined : 'The policy failed legacy parsing';
  if (
    vendor === 's3' &&
    arn.region !== '' &&
    !/[*?]/.test(arn.region) &&
    !arn.resource.startsWith('accesspoint')
  )
    return `Resource ${value} can not contain region information.`;
  if (vendor !== 'iam') return undefined;
  if (arn.region !== '' && arn.region !== '*')
    return `IAM resource ${value} cannot contain region information.`;
  return arn.resource === 'root' || iamPaths.some((start) => reach(arn.resource, start))
    ? undefined
    : `IAM resource path must either be "*" or start with ${iamPaths.join(', ')}.`;
}

function checkResources(statement: Dictionary, kind: PolicyKind, path: string, report: Report) {
  const names = ['Resource', 'NotResource'].filter((name) => statement[name] !== undefined);
  exactlyOne(statement, ['Resource', 'NotResource'], path, report);
  if (kind === 'trust') {
    for (const name of names) report(`${path}/${name}`, `Has prohibited field ${name}`);
    return;
  }
  // Policies of repositories, secrets and the like may leave it out: they are about what they are attached to.
  if (names.length === 0 && kind === 'identity') report(path, 'Policy statement must contain resources.');
  for (const name of names) {
    for (const resource of strings(statement[name], `${path}/${name}`, report)) {
      const problem = resourceProblem(resource);
      if (problem) report(`${path}/${name}`, problem);
    }
  }
}

const isScalar = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);

function checkConditions(block: unknown, variables: boolean, path: string, report: Report) {
  if (block === undefined) return;
  if (!isDictionary(block)) return report(path, 'Syntax errors in policy. Condition is not an object.');
  for (const [operator, keys] of Object.entries(block)) {
    const here = `${path}/${operator}`;
    const problem = checkOperator(operator);
    if (problem !== undefined) {
      report(here, problem);
      continue;
    }
    if (!isDictionary(keys)) {
      report(here, `Syntax errors in policy. ${operator} is not an object of condition keys.`);
      continue;
    }
    for (const [key, value] of Object.entries(keys)) {
      if (!/^[A-Za-z0-9._/-]+:./.test(key)) report(`${here}/${key}`, `Invalid condition key: ${key}`);
      for (const one of Array.isArray(value) ? value : [value]) {
        const wrong = isScalar(one)
          ? checkConditionValue(operator, String(one))
          : `${JSON.stringify(one)} is not a string, number or boolean`;
        if (wrong !== undefined) report(`${here}/${key}`, `Invalid value for ${operator}: ${wrong}`);
        else if (variables) checkVariables(String(one), `${here}/${key}`, report);
      }
    }
  }
}

function checkVariables(text: string, path: string, report: Report) {
  for (const [whole, body = ''] of text.matchAll(/\$\{([^}]*)(?:\}|$)/g)) {
    const fine =
      whole.endsWith('}') && /^([*?$]|\s*[A-Za-z0-9._/-]+:[^,'}]+?\s*(,\s*'[^']*'\s*)?)$/.test(body);
    if (!fine) report(path, `Invalid policy variable ${whole}`);
  }
}

function checkStatement(
  statement: unknown,
  kind: PolicyKind,
  variables: boolean,
  path: string,
  report: Report,
) {
  if (!isDictionary(statement)) return report(path, 'Syntax errors in policy. A statement is not an object.');
  unknownFields(statement, statementFields, path, report);
  const { Sid, Effect } = statement;
  if (Effect !== 'Allow' && Effect !== 'Deny') {
    report(
      `${path}/Effect`,
      `Syntax errors in policy. Effect must be Allow or Deny, not ${JSON.stringify(Effect)}.`,
    );
  }
  if (
    Sid !== undefined &&
    (typeof Sid !== 'string' || (kind !== 'resource' && !/^[0-9A-Za-z]*$/.test(Sid)))
  ) {
    report(
      `${path}/Sid`,
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    );
  }
  checkPrincipal(statement, kind, path, report);
  checkActions(statement, kind, path, report);
  checkResources(statement, kind, path, report);
  if (variables) {
    for (const name of ['Resource', 'NotResource']) {
      for (const value of [statement[name]].flat()) {
        if (typeof value === 'string') checkVariables(value, `${path}/${name}`, report);
      }
    }
  }
  checkConditions(statement.Condition, variables, `${path}/Condition`, report);
}

function checkDocument(document: unknown, kind: PolicyKind, report: Report) {
  if (!isDictionary(document)) return report('', 'Syntax errors in policy. A document is a JSON object.');
  unknownFields(document, documentFields, '', report);
  const { Version, Id, Statement } = document;
  if (Version !== undefined && Version !== '2012-10-17' && Version !== '2008-10-17') {
    report(
      '/Version',
      `Syntax errors in policy. Version ${JSON.stringify(Version)} is not 2012-10-17 or 2008-10-17.`,
    );
  }
  if (Id !== undefined && typeof Id !== 'string')
    report('/Id', 'Syntax errors in policy. Id is not a string.');
  const statements = Array.isArray(Statement) ? Statement : [Statement];
  if (Statement === undefined || statements.length === 0) {
    return report('/Statement', 'Syntax errors in policy. There is no statement.');
  }
  const sids = new Set<unknown>();
  for (const [index, statement] of statements.entries()) {
    const path = Array.isArray(Statement) ? `/Statement/${index}` : '/Statement';
    checkStatement(statement, kind, Version === '2012-10-17', path, report);
    const sid = isDictionary(statement) ? statement.Sid : undefined;
    if (sid === undefined || sid === '') continue;
    if (sids.has(sid))
      report(
        `${path}/Sid`,
        `Statement IDs (SID) in a single policy must be unique. It is there twice: ${sid}`,
      );
    sids.add(sid);
  }
}

/** A private copy of the document, good to evaluate. Throws `PolicyError`. */
export function parsePolicy(json: string | object, kind: PolicyKind = 'identity'): PolicyDocument {
  const problems: PolicyProblem[] = [];
  let document: unknown;
  try {
    document = typeof json === 'string' ? JSON.parse(json) : structuredClone(json);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // AWS words it in two ways.
    const said = kind === 'trust' ? 'This policy contains invalid Json' : 'Syntax errors in policy.';
    throw new PolicyError([{ path: '', message: `${said} (${reason})` }]);
  }
  // A value of a condition is on the eighth level; what is wrong is quoted, and quoting walks it.
  if (isNestedDeeper(document, 20))
    throw new PolicyError([{ path: '', message: 'Syntax errors in policy. (nested deeper than 20 levels)' }]);
  checkDocument(document, kind, (path, message) => problems.push({ path, message }));
  if (problems.length > 0) throw new PolicyError(problems);
  return document as PolicyDocument; // checkDocument has just established it
}
