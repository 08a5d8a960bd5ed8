/**
 * Grants exactly the named actions. The CDK's own `grantRead` and its like add wildcards such as `s3:List*`,
 * which let in more than the code calls.
 */
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';

export function grantExactly(grantee: IGrantable, actions: readonly string[], resourceArn: string): void {
  Grant.addToPrincipal({ grantee, actions: [...actions], resourceArns: [resourceArn] }).assertSuccess();
}
