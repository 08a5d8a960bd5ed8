/** The service's own switch against deletion. */
import { guarded } from '../stored.ts';
import { type Change, one } from './model.ts';

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
    if (component.ways.some((way) => way.for.includes('deleted') && way.steps.length === 0 && !way.person))
      return undefined;
    return one(
      'deletion-protection',
      component,
      {
        title: `Protect ${component.resource.name} against deletion`,
        how: `${property}: ${value}, and DeletionPolicy: Retain (CDK: deletionProtection, removalPolicy: RETAIN)`,
        prices: [],
      },
      [guarded(source)],
    );
  },
};
