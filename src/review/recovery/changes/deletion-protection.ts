/** Turns on the deletion protection of the service. */
import { protectedFromDeletion } from '../stored-data.ts';
import { type Change, proposalFor } from './model.ts';

const switches: Readonly<Record<string, readonly [property: string, value: string]>> = {
  'AWS::DynamoDB::Table': ['DeletionProtectionEnabled', 'true'],
  'AWS::DynamoDB::GlobalTable': ['Replicas[].DeletionProtectionEnabled', 'true'],
  'AWS::RDS::DBInstance': ['DeletionProtection', 'true'],
  'AWS::RDS::DBCluster': ['DeletionProtection', 'true'],
  'AWS::DocDB::DBCluster': ['DeletionProtection', 'true'],
  'AWS::Neptune::DBCluster': ['DeletionProtection', 'true'],
  'AWS::Cognito::UserPool': ['DeletionProtection', 'ACTIVE'],
  'AWS::EC2::Instance': ['DisableApiTermination', 'true'],
};

export const deletionProtection: Change = {
  id: 'deletion-protection',
  propose: (component) => {
    const found = switches[component.resource.type];
    if (found === undefined) return undefined;
    const [property, value] = found;
    const source = `${component.id}/Properties/${property}`;
    if (
      component.options.some(
        (option) => option.scenarios.includes('deleted') && option.steps.length === 0 && !option.needsPerson,
      )
    )
      return undefined;
    return proposalFor(
      'deletion-protection',
      component,
      {
        title: `Protect ${component.resource.name} against deletion`,
        how: `${property}: ${value}, and DeletionPolicy: Retain (CDK: deletionProtection, removalPolicy: RETAIN)`,
        prices: [],
      },
      [protectedFromDeletion(source)],
    );
  },
};
