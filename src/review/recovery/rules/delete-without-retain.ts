/** Data that goes with its stack. */
import { flagAt, valueAt } from '../../../architecture/index.ts';
import { customRule } from './kit.ts';

const stateful = [
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBCluster',
  'AWS::DocDB::DBCluster',
  'AWS::Neptune::DBCluster',
  'AWS::S3::Bucket',
  'AWS::EFS::FileSystem',
  'AWS::EC2::Volume',
  'AWS::Cognito::UserPool',
  'AWS::OpenSearchService::Domain',
  'AWS::KMS::Key',
];

export const deleteWithoutRetain = customRule({
  id: 'delete-without-retain',
  severity: 'medium',
  title: 'What keeps data stays, or leaves a snapshot, when its stack is deleted or replaces it',
  why: 'Deleting the stack, or changing a property that replaces the resource, deletes the data.',
  reference:
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html',
  check: (context) => {
    for (const resource of context.app.ofType(...stateful)) {
      if (valueAt(resource.properties, 'DBClusterIdentifier') !== undefined) continue;
      const isLogs = resource.usedBy.some(({ path }) => /\/(Logging|LoadBalancerAttributes)/.test(path));
      if (isLogs) continue;
      context.checked();
      const { deletionPolicy, updateReplacePolicy } = resource.node;
      const emptied = resource.usedBy.some(({ to }) => to.type === 'Custom::S3AutoDeleteObjects');
      // A bucket that holds anything is not deleted, unless something empties it first.
      if (resource.type === 'AWS::S3::Bucket' && !emptied) continue;
      const protects =
        flagAt(resource.properties, 'DeletionProtection') === true ||
        flagAt(resource.properties, 'DeletionProtectionEnabled') === true;
      if (protects || (deletionPolicy !== 'Delete' && updateReplacePolicy !== 'Delete')) continue;
      context.found({
        resource,
        severity: emptied ? 'high' : 'medium',
        title: emptied
          ? `${resource.name} is emptied, versions and all, and deleted with its stack`
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
