/** What costs by standing there: databases, load balancers, networks, alarms. Prices of us-east-1, a month of 730 h. */
import { describe, expect, it } from 'vitest';
import { byPrice, cents, costGiven, lineOf } from './given.ts';

describe('cost of what stands there', () => {
  it('prices a Multi-AZ database with its storage', () => {
    const report = costGiven({
      Db: {
        Type: 'AWS::RDS::DBInstance',
        Properties: {
          Engine: 'postgres',
          DBInstanceClass: 'db.t4g.small',
          MultiAZ: true,
          AllocatedStorage: '20',
          StorageType: 'gp3',
        },
      },
    });
    // 730 × 0.065 and 20 × 0.23
    expect(byPrice(report)).toEqual({
      'rds.postgres.db.t4g.small.multi-az': '47.45',
      'rds.gp3.storage.multi-az': '4.60',
    });
    expect(report.totals.all.rest).toBe(report.totals.all.high);
  });

  it('prices Aurora Serverless at the minimum of its scaling until it is said', () => {
    const resources = {
      Cluster: {
        Type: 'AWS::RDS::DBCluster',
        Properties: {
          Engine: 'aurora-postgresql',
          ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 16 },
        },
      },
      Writer: {
        Type: 'AWS::RDS::DBInstance',
        Properties: {
          Engine: 'aurora-postgresql',
          DBInstanceClass: 'db.serverless',
          DBClusterIdentifier: { Ref: 'Cluster' },
        },
      },
    };
    // 730 × 0.5 × 0.12; with 2 ACU 730 × 2 × 0.12
    expect(byPrice(costGiven(resources))['aurora.serverless-v2']).toBe('43.80');
    const busy = costGiven(resources, 'uses: 10\nresources:\n  Cluster: { averageAcu: 2 }\n');
    expect(byPrice(busy)['aurora.serverless-v2']).toBe('175.20');
  });

  it('prices a load balancer, its addresses and its capacity units', () => {
    const report = costGiven(
      {
        Balancer: {
          Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
          Properties: { Type: 'application', Scheme: 'internet-facing', Subnets: ['a', 'b'] },
        },
      },
      'uses: 26280000\nresources:\n  Balancer: { kbPerRequest: 100, requestsPerConnection: 1, connectionSeconds: 1 }\n',
    );
    // 730 × 0.0225; two addresses × 730 × 0.005. Ten requests a second: 36,000 × 100 KB = 3.433 GB an hour, the
    // largest dimension: × 730 × 0.008
    expect(byPrice(report)).toMatchObject({
      'elb.alb.hours': '16.43',
      'vpc.public-ipv4': '7.30',
      'elb.alb.lcu': '20.05',
    });
  });

  it('prices a NAT gateway, its address, and interface endpoints by zone; gateway endpoints are free', () => {
    const report = costGiven(
      {
        Address: { Type: 'AWS::EC2::EIP' },
        Nat: {
          Type: 'AWS::EC2::NatGateway',
          Properties: { AllocationId: { 'Fn::GetAtt': ['Address', 'AllocationId'] } },
        },
        Secrets: {
          Type: 'AWS::EC2::VPCEndpoint',
          Properties: { VpcEndpointType: 'Interface', SubnetIds: ['a', 'b'] },
        },
        S3: { Type: 'AWS::EC2::VPCEndpoint', Properties: { VpcEndpointType: 'Gateway' } },
      },
      'uses: 1000\nresources:\n  Nat: { dataGB: 100 }\n  Secrets: { dataGB: 10 }\n',
    );
    expect(byPrice(report)).toEqual({
      // 730 × 0.005
      'vpc.public-ipv4': '3.65',
      // 730 × 0.045 and 100 × 0.045
      'vpc.nat-gateway.hours': '32.85',
      'vpc.nat-gateway.data': '4.50',
      // 2 × 730 × 0.01 and 10 × 0.01
      'vpc.interface-endpoint.hours': '14.60',
      'vpc.interface-endpoint.data': '0.10',
    });
    expect(report.free.map(({ resource }) => resource.logicalId)).toEqual(['S3']);
  });

  it('lets alarms and own metrics share the account’s allowance, and counts each metric once', () => {
    const alarm = (metric: string) => ({
      Type: 'AWS::CloudWatch::Alarm',
      Properties: { Namespace: 'Shop', MetricName: metric, Period: 60 },
    });
    const alarms = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`Alarm${index}`, alarm(`M${index % 11}`)]),
    );
    const report = costGiven(alarms);
    // 12 alarms − 10 free = 2 × 0.10; 11 metrics − 10 free = 0.30
    expect(byPrice(report)).toEqual({ 'cloudwatch.alarms.standard': '0.20', 'cloudwatch.metrics': '0.30' });
  });

  it('prices secrets, keys, a firewall and a zone by the month', () => {
    const report = costGiven(
      {
        Secret: { Type: 'AWS::SecretsManager::Secret' },
        Key: { Type: 'AWS::KMS::Key' },
        Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { Rules: [{ Name: 'a' }, { Name: 'b' }] } },
        Zone: { Type: 'AWS::Route53::HostedZone' },
      },
      'uses: 1000000\n',
    );
    expect(byPrice(report)).toMatchObject({
      'secrets-manager.secret': '0.40',
      'kms.key': '1.00',
      'waf.web-acl': '5.00',
      'waf.rule': '2.00',
      // one a use: 1 M × 0.60
      'waf.requests': '0.60',
      'route53.hosted-zone': '0.50',
      'route53.queries.standard': '0.40',
    });
  });

  it('prices instances with their volumes, and names Spot as not priced', () => {
    const report = costGiven({
      Template: {
        Type: 'AWS::EC2::LaunchTemplate',
        Properties: {
          LaunchTemplateData: {
            InstanceType: 't3.medium',
            BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 30, VolumeType: 'gp3' } }],
          },
        },
      },
      Group: {
        Type: 'AWS::AutoScaling::AutoScalingGroup',
        Properties: {
          MinSize: '2',
          MaxSize: '4',
          MixedInstancesPolicy: {
            LaunchTemplate: { LaunchTemplateSpecification: { LaunchTemplateId: { Ref: 'Template' } } },
            InstancesDistribution: { OnDemandPercentageAboveBaseCapacity: 50 },
          },
        },
      },
    });
    // 2 × 730 × 50 % × 0.0416; 2 × 30 × 0.08
    expect(byPrice(report)).toEqual({ 'ec2.t3.medium': '30.37', 'ebs.gp3.storage': '4.80' });
    expect(report.notPriced).toMatchObject([{ what: 'ec2.spot (t3.medium)', kind: 'no-price' }]);
  });

  it('prices a model endpoint by its instance', () => {
    const report = costGiven({
      Config: {
        Type: 'AWS::SageMaker::EndpointConfig',
        Properties: {
          ProductionVariants: [{ VariantName: 'a', InstanceType: 'ml.m5.xlarge', InitialInstanceCount: 2 }],
        },
      },
      Endpoint: {
        Type: 'AWS::SageMaker::Endpoint',
        Properties: { EndpointConfigName: { 'Fn::GetAtt': ['Config', 'EndpointConfigName'] } },
      },
    });
    expect(lineOf(report, 'sagemaker.hosting.ml.m5.xlarge')?.quantity.expected).toBe(1460);
  });

  it('counts the calls of a queue that Lambda polls, also when nobody uses it', () => {
    const report = costGiven({
      Queue: { Type: 'AWS::SQS::Queue' },
      Function: { Type: 'AWS::Lambda::Function' },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] }, FunctionName: { Ref: 'Function' } },
      },
    });
    const waiting = report.lines.find(({ fingerprint }) => fingerprint.endsWith('|waiting'));
    // five pollers × 730 h ÷ 20 s
    expect(waiting?.quantity.rest).toBe(657_000);
  });

  it('moves objects between classes as their lifecycle says', () => {
    const bucket = (size: number) =>
      costGiven(
        {
          Bucket: {
            Type: 'AWS::S3::Bucket',
            Properties: {
              LifecycleConfiguration: {
                Rules: [
                  {
                    Status: 'Enabled',
                    ExpirationInDays: 304,
                    Transitions: [{ StorageClass: 'STANDARD_IA', TransitionInDays: 76 }],
                  },
                ],
              },
            },
          },
        },
        `uses: 1024\nresources:\n  Bucket: { puts: { perUse: 1 }, gets: 0, objectKB: ${size} }\n`,
      );
    // 1,024 × 1,024 KB = 1 GB a month, ten months: 2.5 GB stay in STANDARD (× 0.023), 7.5 in STANDARD_IA (× 0.0125)
    const moved = bucket(1024);
    expect(lineOf(moved, 's3.standard.storage')?.quantity.expected).toBeCloseTo(2.5, 9);
    expect(lineOf(moved, 's3.standard-ia.storage')?.quantity.expected).toBeCloseTo(7.5, 9);
    expect(cents(lineOf(moved, 's3.standard-ia.storage')?.usd.expected)).toBe('0.09');
    expect(lineOf(moved, 's3.standard-ia.transition')?.quantity.expected).toBe(1024);
    // A lifecycle leaves objects under 128 KB where they are.
    const small = bucket(100);
    expect(lineOf(small, 's3.standard-ia.storage')).toBeUndefined();
    expect(small.assumptions.map(({ value }) => value)).toContain('objects of 100 KB stay in STANDARD');
  });

  it('counts state transitions by the states of the definition', () => {
    const report = costGiven(
      {
        Machine: {
          Type: 'AWS::StepFunctions::StateMachine',
          Properties: { DefinitionString: JSON.stringify({ StartAt: 'A', States: { A: {}, B: {}, C: {} } }) },
        },
      },
      'uses: 10000\n',
    );
    // 10,000 × 3 = 30,000 − 4,000 free = 26 × 0.025
    expect(byPrice(report)['step-functions.standard.transitions']).toBe('0.65');
  });
});
