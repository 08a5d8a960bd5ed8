import type { CreatePolicyCommandInput } from '@aws-sdk/client-iam';
import { formatArn } from '../../../../core/arn.ts';
import { operation, thrownBy } from '../../../service.ts';
import {
  checkName,
  describePolicy,
  exists,
  type IamContext,
  readManagedPolicy,
  tagRecord,
  uniqueId,
} from '../context.ts';
import { checkDocumentSize } from '../quotas.ts';

const policyArn = ({ env }: IamContext, input: CreatePolicyCommandInput) =>
  formatArn({
    service: 'iam',
    account: env.accountId,
    resource: `policy${input.Path ?? '/'}${input.PolicyName ?? ''}`,
  });

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
export const createPolicy = (context: IamContext) =>
  operation('iam', 'CreatePolicy', {
    accepts: ['PolicyName', 'Path', 'PolicyDocument', 'Description', 'Tags'],
    access: (input) => ({ action: 'iam:CreatePolicy', resource: policyArn(context, input) }),
    problems: ({ PolicyName, PolicyDocument }) =>
      thrownBy(
        () => checkName('policyName', PolicyName, 128),
        () => readManagedPolicy(PolicyDocument),
      ),
    handle(input) {
      const name = checkName('policyName', input.PolicyName, 128);
      const arn = policyArn(context, input);
      if (context.identities.policies.has(arn))
        throw exists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
      checkDocumentSize(input.PolicyDocument, 'PolicySize');
      const createdAt = context.env.clock.now();
      const policy = {
        arn,
        name,
        path: input.Path ?? '/',
        id: uniqueId(context.env, 'ANPA'),
        ...(input.Description === undefined ? {} : { description: input.Description }),
        versions: [{ id: 'v1', document: readManagedPolicy(input.PolicyDocument), createdAt }],
        defaultVersionId: 'v1',
        createdAt,
        tags: tagRecord(input.Tags),
      };
      context.identities.policies.put(arn, policy);
      context.identities.changed();
      return { Policy: describePolicy(context, policy) };
    },
  });
