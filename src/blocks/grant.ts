/**
 * Grants exactly the named actions. The CDK's own `grantRead` and its like add wildcards such as `s3:List*`,
 * which let in more than the code calls.
 */
import { Grant, type IRole } from 'aws-cdk-lib/aws-iam';
import { acknowledgeWildcardResource } from './acknowledge.ts';

export function grantExactly(role: IRole, actions: readonly string[], resourceArn: string): void {
  Grant.addToPrincipal({ grantee: role, actions: [...actions], resourceArns: [resourceArn] }).assertSuccess();
  acknowledgeWildcardResource(
    role,
    resourceArn,
    'Keys of objects are known only at run time; the grant ends at one prefix of one bucket.',
  );
}
