/** Questions of the architecture that the conformance template does not ask. */
import { describe, expect, it } from 'vitest';
import {
  architectureOfTemplate,
  configurationOf,
  databasesBehind,
  type Resource,
  scalingOf,
} from '../../src/architecture/index.ts';

const app = architectureOfTemplate(
  `
Resources:
  Task: { Type: AWS::ECS::TaskDefinition, Properties: { Cpu: 256 } }
  Service: { Type: AWS::ECS::Service, Properties: { TaskDefinition: !Ref Task } }
  Elsewhere: { Type: AWS::ECS::Service, Properties: { TaskDefinition: !ImportValue task } }
  Target: { Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: { ResourceId: !Sub "service/main/\${Service.Name}" } }
  OfTarget: { Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: { ScalingTargetId: !Ref Target } }
  Group: { Type: AWS::AutoScaling::AutoScalingGroup, Properties: { MinSize: "1", MaxSize: "3" } }
  OfGroup: { Type: AWS::AutoScaling::ScalingPolicy, Properties: { AutoScalingGroupName: !Ref Group } }
  Cluster: { Type: AWS::RDS::DBCluster, Properties: { Engine: aurora-postgresql } }
  Writer: { Type: AWS::RDS::DBInstance, Properties: { DBClusterIdentifier: !Ref Cluster } }
  Proxy: { Type: AWS::RDS::DBProxy }
  Behind: { Type: AWS::RDS::DBProxyTargetGroup, Properties: { DBProxyName: !Ref Proxy, DBClusterIdentifiers: [!Ref Cluster] } }
  Secret: { Type: AWS::SecretsManager::Secret }
  Attached: { Type: AWS::SecretsManager::SecretTargetAttachment, Properties: { SecretId: !Ref Secret, TargetId: !Ref Writer } }
`,
  { name: 'App' },
);

function resource(logicalId: string): Resource {
  const found = app.byId(`App/${logicalId}`);
  if (found === undefined) throw new Error(`the template has no ${logicalId}`);
  return found;
}

const ids = (resources: readonly Resource[]): string[] => resources.map(({ logicalId }) => logicalId);

describe('what scales a resource', () => {
  it('is a scalable target and the policies on it', () => {
    const { bounds, policies } = scalingOf(app, resource('Service'));
    expect([ids(bounds), ids(policies)]).toEqual([['Target'], ['OfTarget']]);
  });

  it('is the policies alone of a group, which has bounds of its own', () => {
    const { bounds, policies } = scalingOf(app, resource('Group'));
    expect([ids(bounds), ids(policies)]).toEqual([[], ['OfGroup']]);
  });
});

describe('the database', () => {
  it.each(['Proxy', 'Secret', 'Writer', 'Cluster'])('behind %s is the cluster', (logicalId) => {
    expect(ids(databasesBehind(app, resource(logicalId)))).toEqual(['Cluster']);
  });
});

it('finds the task definition that configures a service, and none that is not in the app', () => {
  expect(configurationOf(app, resource('Service')).logicalId).toBe('Task');
  expect(configurationOf(app, resource('Elsewhere')).logicalId).toBe('Elsewhere');
});
