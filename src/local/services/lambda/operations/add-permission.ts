import type { AddPermissionCommandInput } from '@aws-sdk/client-lambda';
import { formatArn } from '../../../../core/arn.ts';
import { lookup } from '../../../../core/lookup.ts';
import { PolicyError, parsePolicy, type Statement } from '../../../../iam/index.ts';
import { operation } from '../../../service.ts';
import { functionAccess, policyQualifier } from '../access.ts';
import { aliasOf } from '../aliases.ts';
import type { LambdaContext } from '../context.ts';
import { conflict, invalidParameter, notFound, preconditionFailed } from '../errors.ts';
import { functionArn, readFunctionName, resolveVersion } from '../names.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
export const addPermission = (context: LambdaContext) =>
  operation('lambda', 'AddPermission', {
    accepts: [
      ...(['FunctionName', 'StatementId', 'Action', 'Principal', 'SourceArn', 'SourceAccount'] as const),
      ...(['EventSourceToken', 'Qualifier', 'RevisionId', 'PrincipalOrgID'] as const),
      ...(['FunctionUrlAuthType', 'InvokedViaFunctionUrl'] as const),
    ],
    access: (input) => functionAccess(context, 'AddPermission', input.FunctionName, input.Qualifier),
    *problems({ Action, FunctionUrlAuthType: type }) {
      if (Action === 'lambda:InvokeFunctionUrl' && !type)
        yield invalidParameter('FunctionUrlAuthType must be provided for InvokeFunctionUrl action');
      if (Action !== 'lambda:InvokeFunctionUrl' && type)
        yield invalidParameter('FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action');
    },
    handle(input) {
      const { env, records } = context;
      const name = readFunctionName(input.FunctionName, env, input.Qualifier);
      if (name.qualifier === '$LATEST')
        throw invalidParameter('We currently do not support adding policies for $LATEST.');
      if (!records.functions.has([name.name, '$LATEST']))
        throw notFound('The resource you requested does not exist.');
      if (name.qualifier !== undefined && !/^\d+$/.test(name.qualifier))
        aliasOf(context, name.name, name.qualifier);
      else resolveVersion(records, env, name);
      const id = input.StatementId ?? '';
      const statement = statementOf(input, functionArn(env, name.name, name.qualifier));
      if (env.unknownPrincipals({ Version: '2012-10-17', Statement: statement }).length > 0)
        throw invalidParameter(invalidPrincipal);
      const key = [name.name, policyQualifier(name.qualifier)];
      env.store.transaction(() => {
        const before = records.policies.get(key);
        if (lookup(before?.statements, id))
          throw conflict(
            `The statement id (${id}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
          );
        if (input.RevisionId && input.RevisionId !== before?.revisionId) throw preconditionFailed();
        records.policies.put(key, {
          statements: { ...before?.statements, [id]: statement },
          revisionId: env.uuid(),
        });
      });
      return { Statement: JSON.stringify(statement) };
    },
  });

function statementOf(input: AddPermissionCommandInput, resource: string): Statement {
  const { Principal: principal = '' } = input;
  const equals: Record<string, string> = {
    ...(input.SourceAccount ? { 'AWS:SourceAccount': input.SourceAccount } : {}),
    ...(input.PrincipalOrgID ? { 'aws:PrincipalOrgID': input.PrincipalOrgID } : {}),
    ...(input.EventSourceToken ? { 'lambda:EventSourceToken': input.EventSourceToken } : {}),
    ...(input.FunctionUrlAuthType ? { 'lambda:FunctionUrlAuthType': input.FunctionUrlAuthType } : {}),
  };
  const condition = {
    ...(Object.keys(equals).length > 0 ? { StringEquals: equals } : {}),
    ...(input.InvokedViaFunctionUrl === undefined
      ? {}
      : { Bool: { 'lambda:InvokedViaFunctionUrl': String(input.InvokedViaFunctionUrl) } }),
    ...(input.SourceArn ? { ArnLike: { 'AWS:SourceArn': input.SourceArn } } : {}),
  };
  const statement: Statement = {
    Sid: input.StatementId,
    Effect: 'Allow',
    Principal:
      principal === '*'
        ? '*'
        : /\.amazonaws\.com(\.cn)?$/.test(principal)
          ? { Service: principal }
          : {
              AWS: /^\d{12}$/.test(principal)
                ? formatArn({ service: 'iam', account: principal, resource: 'root' })
                : principal,
            },
    Action: input.Action,
    Resource: resource,
    ...(Object.keys(condition).length > 0 ? { Condition: condition } : {}),
  };
  try {
    parsePolicy({ Version: '2012-10-17', Statement: [statement] }, 'resource');
  } catch (error) {
    if (error instanceof PolicyError) throw invalidParameter(refusalOf(error));
    throw error;
  }
  return statement;
}

const invalidPrincipal = 'The provided principal was invalid. Please check the principal and try again.';

const refusalOf = ({ problems, message }: PolicyError): string =>
  problems.some(({ path }) => path.includes('/Principal')) ? invalidPrincipal : message;
