/** Which permission an operation on a function needs, with the function's own policy. */
import type { PolicyDocument } from '../../../iam/index.ts';
import type { AccessCheck, ServiceEnvironment } from '../../service.ts';
import { functionArn, readFunctionName } from './names.ts';
import type { LambdaRecords, PolicyRecord } from './records.ts';

interface AccessContext {
  readonly env: ServiceEnvironment;
  readonly records: LambdaRecords;
}

/** A policy belongs to the function, a version or an alias; a call under a qualifier is decided by that one's. */
export const policyQualifier = (qualifier: string | undefined) =>
  qualifier === undefined || qualifier === '$LATEST' ? '' : qualifier;

export function functionAccess(
  { env, records }: AccessContext,
  action: string,
  functionName: string | undefined,
  qualifier?: string,
): AccessCheck {
  const name = readFunctionName(functionName, env, qualifier);
  const policy = records.policies.get([name.name, policyQualifier(name.qualifier)]);
  return {
    action: `lambda:${action}`,
    resource: functionArn(env, name.name, name.qualifier),
    ...(policy
      ? { resourcePolicy: { name: `policy of function ${name.name}`, document: documentOf(policy) } }
      : {}),
  };
}

/** The engine compiles a document once per object, so the same policy must stay the same object. */
const documents = new Map<string, PolicyDocument>();

export function documentOf(policy: PolicyRecord): PolicyDocument {
  let document = documents.get(policy.revisionId);
  if (!document) {
    if (documents.size > 1000) documents.clear();
    document = { Version: '2012-10-17', Id: 'default', Statement: Object.values(policy.statements) };
    documents.set(policy.revisionId, document);
  }
  return document;
}
