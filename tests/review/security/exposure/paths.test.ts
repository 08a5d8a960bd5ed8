/** What the internet can reach, and which way it goes from there to the data. */
import { describe, expect, it } from 'vitest';
import { architectureOfTemplate } from '../../../../src/architecture/index.ts';
import { exposureReport } from '../../../../src/review/security/exposure/index.ts';

const role = (name: string, service: string, ...statements: string[]) => `
  ${name}:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Principal: { Service: ${service} }, Action: "sts:AssumeRole" }] }
      Policies: [{ PolicyName: own, PolicyDocument: { Statement: [${statements.join(', ')}] } }]`;

const network = (route: string) => `
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Gateway: { Type: AWS::EC2::InternetGateway }
  Table: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  Out: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, ${route} } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24 } }
  Joined: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { RouteTableId: !Ref Table, SubnetId: !Ref Subnet } }
  Front:
    Type: AWS::EC2::SecurityGroup
    Properties: { VpcId: !Ref Vpc, GroupDescription: x, SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0 }] }
  Inner:
    Type: AWS::EC2::SecurityGroup
    Properties: { VpcId: !Ref Vpc, GroupDescription: x, SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !GetAtt Front.GroupId }] }`;

const ways = (text: string) =>
  exposureReport(architectureOfTemplate(`Resources:${text}`)).entries.map((entry) => ({
    what: entry.what,
    who: entry.authentication,
    ways: entry.paths.map(({ hops, access, direct, asynchronous }) =>
      [
        hops.map(({ resource }) => resource.logicalId).join(' → '),
        access.join('+'),
        direct ? 'direct' : '',
        asynchronous ? 'asynchronous' : '',
      ]
        .filter(Boolean)
        .join(', '),
    ),
  }));

describe('exposure', () => {
  it('follows a request through a function and a queue to what the worker writes', () => {
    const found = ways(`
  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: shop, ProtocolType: HTTP } }
  Integration: { Type: AWS::ApiGatewayV2::Integration, Properties: { ApiId: !Ref Api, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt Take.Arn } }
  Route: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Api, RouteKey: POST /orders, Target: !Sub "integrations/\${Integration}" } }
${role('TakeRole', 'lambda.amazonaws.com', '{ Effect: Allow, Action: "sqs:SendMessage", Resource: !GetAtt Queue.Arn }')}
  Take: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt TakeRole.Arn, Environment: { Variables: { QUEUE: !Ref Queue } } } }
  Queue: { Type: AWS::SQS::Queue }
${role('WorkRole', 'lambda.amazonaws.com', '{ Effect: Allow, Action: "sqs:ReceiveMessage", Resource: !GetAtt Queue.Arn }', '{ Effect: Allow, Action: "s3:PutObject", Resource: !Sub "${Files.Arn}/*" }')}
  Work: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt WorkRole.Arn, Environment: { Variables: { BUCKET: !Ref Files } } } }
  Source: { Type: AWS::Lambda::EventSourceMapping, Properties: { EventSourceArn: !GetAtt Queue.Arn, FunctionName: !Ref Work } }
  Files: { Type: AWS::S3::Bucket }`);
    expect(found).toEqual([
      {
        what: 'POST /orders',
        who: 'none',
        ways: ['Api → Take → Queue, write', 'Api → Take → Queue → Work → Files, write, asynchronous'],
      },
    ]);
  });

  it('says that an API that writes to a queue itself is direct', () => {
    const [entry] = ways(`
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: shop } }
  Queue: { Type: AWS::SQS::Queue }
  Method:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: POST
      AuthorizationType: AWS_IAM
      Integration: { Type: AWS, Uri: !Sub "arn:aws:apigateway:us-east-1:sqs:path/123456789012/\${Queue.QueueName}" }`);
    expect(entry).toMatchObject({ what: 'POST /', who: 'who', ways: ['Api → Queue, write, direct'] });
  });

  it('goes from a load balancer through a service to the database that admits it', () => {
    const [entry] = ways(`${network('GatewayId: !Ref Gateway')}
  Balancer: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Scheme: internet-facing, Subnets: [!Ref Subnet], SecurityGroups: [!GetAtt Front.GroupId] } }
  Targets: { Type: AWS::ElasticLoadBalancingV2::TargetGroup }
  Listener: { Type: AWS::ElasticLoadBalancingV2::Listener, Properties: { LoadBalancerArn: !Ref Balancer, Port: 443, Protocol: HTTPS, DefaultActions: [{ Type: forward, TargetGroupArn: !Ref Targets }] } }
  Task: { Type: AWS::ECS::TaskDefinition, Properties: { ContainerDefinitions: [] } }
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
      LoadBalancers: [{ TargetGroupArn: !Ref Targets, ContainerPort: 443, ContainerName: web }]
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [!Ref Subnet], SecurityGroups: [!GetAtt Front.GroupId] } }
  Database: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres, PubliclyAccessible: false, VPCSecurityGroups: [!GetAtt Inner.GroupId] } }`);
    expect(entry?.what).toBe('HTTPS 443');
    expect(entry?.ways).toContain('Balancer → Service → Database, read+write');
  });

  it('takes sign-in at the load balancer for authentication', () => {
    const [entry] = ways(`${network('GatewayId: !Ref Gateway')}
  Balancer: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Subnets: [!Ref Subnet], SecurityGroups: [!GetAtt Front.GroupId] } }
  Targets: { Type: AWS::ElasticLoadBalancingV2::TargetGroup }
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Port: 443
      Protocol: HTTPS
      DefaultActions: [{ Type: authenticate-oidc, Order: 1 }, { Type: forward, TargetGroupArn: !Ref Targets, Order: 2 }]`);
    expect(entry?.who).toBe('who');
  });

  it('does not count an instance with an open port in a subnet without a way in', () => {
    const host = `
  Host: { Type: AWS::EC2::Instance, Properties: { SecurityGroupIds: [!GetAtt Front.GroupId], NetworkInterfaces: [{ DeviceIndex: "0", AssociatePublicIpAddress: true, SubnetId: !Ref Subnet, GroupSet: [!GetAtt Front.GroupId] }] } }`;
    expect(ways(network('GatewayId: !Ref Gateway') + host)[0]?.what).toBe('tcp 443');
    expect(ways(network('NatGatewayId: nat-1') + host)).toEqual([]);
  });

  it('ends a distribution’s way at an API that is a door of its own', () => {
    const found = ways(`
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: shop } }
  Method: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Api, ResourceId: !GetAtt Api.RootResourceId, HttpMethod: GET, AuthorizationType: NONE, Integration: { Type: HTTP_PROXY, Uri: "https://example.com" } } }
  Files: { Type: AWS::S3::Bucket }
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{ Id: api, DomainName: !Sub "\${Api}.execute-api.us-east-1.amazonaws.com" }, { Id: files, DomainName: !GetAtt Files.RegionalDomainName }]
        DefaultCacheBehavior: { TargetOriginId: files, TrustedKeyGroups: [some-group] }
        CacheBehaviors: [{ PathPattern: /api/*, TargetOriginId: api, AllowedMethods: [GET, POST] }]`);
    expect(found).toContainEqual({
      what: 'the default behaviour',
      who: 'who',
      ways: ['Site → Files, read, direct'],
    });
    expect(found).toContainEqual({ what: '/api/*', who: 'none', ways: ['Site → Api, read'] });
  });

  it('follows a topic to its queues and what reads them', () => {
    const [entry] = ways(`
  News: { Type: AWS::SNS::Topic }
  Open: { Type: AWS::SNS::TopicPolicy, Properties: { Topics: [!Ref News], PolicyDocument: { Statement: [{ Effect: Allow, Principal: "*", Action: "sns:Publish", Resource: !Ref News }] } } }
  Queue: { Type: AWS::SQS::Queue }
  Subscription: { Type: AWS::SNS::Subscription, Properties: { TopicArn: !Ref News, Protocol: sqs, Endpoint: !GetAtt Queue.Arn } }
  Work: { Type: AWS::Lambda::Function }
  Source: { Type: AWS::Lambda::EventSourceMapping, Properties: { EventSourceArn: !GetAtt Queue.Arn, FunctionName: !Ref Work } }`);
    expect(entry).toEqual({
      what: 'write by anyone',
      who: 'none',
      ways: ['News, write, direct', 'News → Queue, write, direct', 'News → Queue → Work, asynchronous'],
    });
  });

  it('goes a second way to a store when it allows more there', () => {
    const [entry] = ways(`
  Url: { Type: AWS::Lambda::Url, Properties: { TargetFunctionArn: !GetAtt Look.Arn, AuthType: NONE } }
${role('LookRole', 'lambda.amazonaws.com', '{ Effect: Allow, Action: "dynamodb:GetItem", Resource: !GetAtt Orders.Arn }', '{ Effect: Allow, Action: "lambda:InvokeFunction", Resource: !GetAtt Change.Arn }')}
  Look: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt LookRole.Arn, Environment: { Variables: { TABLE: !Ref Orders, NEXT: !Ref Change } } } }
${role('ChangeRole', 'lambda.amazonaws.com', '{ Effect: Allow, Action: "dynamodb:PutItem", Resource: !GetAtt Orders.Arn }')}
  Change: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt ChangeRole.Arn, Environment: { Variables: { TABLE: !Ref Orders } } } }
  Orders: { Type: AWS::DynamoDB::Table, Properties: { KeySchema: [] } }`);
    expect(entry?.ways).toEqual(['Url → Look → Orders, read', 'Url → Look → Change → Orders, write']);
  });

  it('goes from a guest’s credentials straight to the data', () => {
    const [entry] = ways(`
  Pool: { Type: AWS::Cognito::IdentityPool, Properties: { AllowUnauthenticatedIdentities: true } }
${role('Guest', 'cognito-identity.amazonaws.com', '{ Effect: Allow, Action: "s3:GetObject", Resource: !Sub "${Files.Arn}/*" }')}
  Roles: { Type: AWS::Cognito::IdentityPoolRoleAttachment, Properties: { IdentityPoolId: !Ref Pool, Roles: { unauthenticated: !GetAtt Guest.Arn } } }
  Files: { Type: AWS::S3::Bucket }`);
    expect(entry?.ways).toEqual(['Pool → Guest → Files, read, direct']);
  });

  it('puts the least guarded door first', () => {
    const found = exposureReport(
      architectureOfTemplate(`Resources:
  Work: { Type: AWS::Lambda::Function }
  Signed: { Type: AWS::Lambda::Url, Properties: { TargetFunctionArn: !GetAtt Work.Arn, AuthType: AWS_IAM } }
  Open: { Type: AWS::Lambda::Url, Properties: { TargetFunctionArn: !GetAtt Work.Arn, AuthType: NONE } }`),
    );
    expect(found.entries.map(({ resource }) => resource.logicalId)).toEqual(['Open', 'Signed']);
  });

  it('lists what it could not resolve', () => {
    const found = exposureReport(
      architectureOfTemplate(`Parameters: { Auth: { Type: String } }
Resources:
  Work: { Type: AWS::Lambda::Function }
  Url: { Type: AWS::Lambda::Url, Properties: { TargetFunctionArn: !GetAtt Work.Arn, AuthType: !Ref Auth } }`),
    );
    expect(found.entries[0]?.authentication).toBe('unknown');
    expect(found.unclear[0]).toMatchObject({ what: 'AuthType', because: expect.stringContaining('Auth') });
  });
});
