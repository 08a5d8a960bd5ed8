/** The account's role for logs. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateAccount.html */

import type { Account } from '@aws-sdk/client-api-gateway';
import { isRoleArn } from '../../../core/arn.ts';
import { AwsError } from '../../service.ts';
import type { GatewayContext } from './context.ts';
import { badRequest } from './errors.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
export const accountThrottle = { rateLimit: 10_000, burstLimit: 5_000 };

export const shownAccount = ({ records }: GatewayContext): Account => ({
  cloudwatchRoleArn: records.account.get('account')?.cloudwatchRoleArn,
  throttleSettings: accountThrottle,
  features: ['UsagePlans'],
  apiKeyVersion: '4',
});

export function checkedRole(arn: string): string {
  if (!isRoleArn(arn)) throw badRequest(`Invalid ARN specified in the request: ${arn}`);
  return arn;
}

/** The role must let API Gateway take it on. */
export async function checkTrust({ env }: GatewayContext, arn: string | undefined): Promise<void> {
  if (arn === undefined) return;
  try {
    await env.assumeRole(arn, 'apigateway.amazonaws.com', 'BackplaneAssumeRoleSession');
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw badRequest(
      `The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy. ${error.message}`,
    );
  }
}
