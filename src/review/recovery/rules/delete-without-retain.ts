/** Stores that are deleted with their stack. */
import { flagAt, holdsData, storeKind, valueAt } from '../../../architecture/index.ts';
import { recoveryRule } from './property-rule.ts';

export const deleteWithoutRetain = recoveryRule({
  id: 'delete-without-retain',
  severity: 'medium',
  title: 'Stores are retained, or leave a snapshot, when their stack is deleted or replaces them',
  why: 'Deleting the stack, or changing a property that replaces the resource, deletes the data.',
  reference:
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html',
  check: (context) => {
    for (const resource of context.app.resources) {
      // Without its key, what is stored cannot be read.
      if (!holdsData(resource) && storeKind(resource) !== 'key') continue;
      if (valueAt(resource.properties, 'DBClusterIdentifier') !== undefined) continue;
      const isLogs = resource.usedBy.some(({ path }) => /\/(Logging|LoadBalancerAttributes)/.test(path));
      if (isLogs) continue;
      context.checked();
      const { deletionPolicy, updateReplacePolicy } = resource.node;
      const emptied = resource.usedBy.some(({ to }) => to.type === 'Custom::S3AutoDeleteObjects');
      // CloudFormation cannot delete a bucket that holds objects, unless something empties it first.
      if (resource.type === 'AWS::S3::Bucket' && !emptied) continue;
      const protects =
        flagAt(resource.properties, 'DeletionProtection') === true ||
        flagAt(resource.properties, 'DeletionProtectionEnabled') === true;
      if (protects || (deletionPolicy !== 'Delete' && updateReplacePolicy !== 'Delete')) continue;
      context.found({
        resource,
        severity: emptied ? 'high' : 'medium',
        title: emptied
          ? `${resource.name} is deleted with its stack, with all its objects and versions`
          : `${resource.name} is deleted with its stack or when it is replaced`,
        fix: 'DeletionPolicy and UpdateReplacePolicy: Retain (CDK: removalPolicy: RETAIN, no autoDeleteObjects) in stages that hold real data',
        evidence: [
          { at: `${resource.id}/DeletionPolicy`, shows: deletionPolicy },
          { at: `${resource.id}/UpdateReplacePolicy`, shows: updateReplacePolicy },
        ],
      });
    }
  },
});
