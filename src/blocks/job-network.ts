/**
 * Where workers run: several Availability Zones, nothing that listens, HTTPS out and nothing else. No NAT gateway.
 *
 * `public-subnets`: tasks have a public address and reach AWS through the internet gateway; the security group
 * lets nothing in. Costs the public IPv4 addresses of running tasks. `private-endpoints`: no way to the internet
 * at all, interface endpoints instead, each billed by the hour and zone.
 */
import {
  FlowLogDestination,
  FlowLogTrafficType,
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  Peer,
  Port,
  SecurityGroup,
  type SubnetSelection,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledgeDesign } from './acknowledge.ts';
import type { Stage } from './stage.ts';

export type NetworkKind = 'public-subnets' | 'private-endpoints';

export interface JobNetworkProps {
  readonly stage: Stage;
  readonly kind: NetworkKind;
}

/** What a Fargate worker calls that has no gateway endpoint: its queue, its image, its log. */
const interfaceEndpoints = {
  Sqs: InterfaceVpcEndpointAwsService.SQS,
  EcrApi: InterfaceVpcEndpointAwsService.ECR,
  EcrDocker: InterfaceVpcEndpointAwsService.ECR_DOCKER,
  Logs: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
} as const;

export class JobNetwork extends Construct {
  readonly vpc: Vpc;
  readonly securityGroup: SecurityGroup;
  readonly subnets: SubnetSelection;
  readonly assignPublicIp: boolean;

  constructor(scope: Construct, id: string, props: JobNetworkProps) {
    super(scope, id);
    const isPublic = props.kind === 'public-subnets';
    const subnetType = isPublic ? SubnetType.PUBLIC : SubnetType.PRIVATE_ISOLATED;
    this.assignPublicIp = isPublic;
    this.subnets = { subnetType };
    this.vpc = new Vpc(this, 'Vpc', {
      maxAzs: props.stage.availabilityZones,
      natGateways: 0,
      subnetConfiguration: [
        isPublic
          ? { name: 'worker', subnetType, cidrMask: 24, mapPublicIpOnLaunch: false }
          : { name: 'worker', subnetType, cidrMask: 24 },
      ],
      // Needs a custom resource with rights over security groups; nothing here ever uses the default group.
      restrictDefaultSecurityGroup: false,
      // Free, and keep S3 and DynamoDB traffic off the internet gateway.
      gatewayEndpoints: {
        S3: { service: GatewayVpcEndpointAwsService.S3 },
        DynamoDb: { service: GatewayVpcEndpointAwsService.DYNAMODB },
      },
    });
    this.securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc: this.vpc,
      description: 'Workers: nothing in, HTTPS out',
      allowAllOutbound: false,
    });
    this.securityGroup.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'AWS APIs over HTTPS');
    if (!isPublic) this.#addInterfaceEndpoints();
    this.#flowLogs(props.stage);
  }

  #addInterfaceEndpoints(): void {
    const endpoints = new SecurityGroup(this, 'EndpointSecurityGroup', {
      vpc: this.vpc,
      description: 'Interface endpoints: HTTPS from the workers',
      allowAllOutbound: false,
    });
    endpoints.addIngressRule(this.securityGroup, Port.tcp(443), 'HTTPS from the workers');
    for (const [id, service] of Object.entries(interfaceEndpoints)) {
      this.vpc.addInterfaceEndpoint(id, {
        service,
        securityGroups: [endpoints],
        open: false,
        subnets: this.subnets,
      });
    }
  }

  #flowLogs(stage: Stage): void {
    if (!stage.flowLogs) {
      acknowledgeDesign(this.vpc, {
        VPC7: `The ${stage.name} stage holds no real data; staging and prod record flow logs.`,
      });
      return;
    }
    const logGroup = new LogGroup(this, 'FlowLogs', {
      retention: stage.logRetention,
      removalPolicy: stage.removalPolicy,
    });
    this.vpc.addFlowLog('FlowLog', {
      destination: FlowLogDestination.toCloudWatchLogs(logGroup),
      trafficType: FlowLogTrafficType.REJECT,
    });
  }
}
