/**
 * How grave a finding of cdk-nag is, and what mends it. cdk-nag knows only error and warning: error is medium here and
 * warning low, unless a row says otherwise. `high`: the internet, or anyone in AWS, gets at data or at a control plane.
 * `low` and `info`: a second line of defence, a matter of taste, or money. Its texts say what is wrong and why; the fix
 * names the property. One row a rule, in the packs' own order.
 */
import type { Area, Severity } from '../../finding.ts';
import type { NagRule } from './nag-run.ts';

interface Row {
  readonly fix: string;
  readonly severity?: Severity;
  /** Of what a granular rule found, by its form; the first that fits. */
  readonly graded?: readonly (readonly [RegExp, Severity])[];
  /** In the place of a text of cdk-nag that speaks of its own suppressions. */
  readonly title?: string;
  readonly area?: Area;
}

const tls =
  'Deny requests with aws:SecureTransport false in the resource policy (enforceSSL: true in the CDK).';
const port = 'Set another port.';

const rows: Readonly<Record<string, Row>> = {
  EC23: {
    severity: 'high',
    fix: 'Set CidrIp or SourceSecurityGroupId of the ingress rule to those who need it; only a public load balancer on 80 and 443 needs 0.0.0.0/0.',
  },
  EC26: { fix: 'Set Encrypted: true on the volume (BlockDeviceMappings.Ebs.Encrypted).' },
  EC27: { severity: 'info', fix: 'Set GroupDescription of the group and Description of its rules.' },
  EC28: {
    severity: 'low',
    fix: 'Set Monitoring: true (detailedMonitoring in the CDK); it is charged per metric.',
  },
  EC29: {
    severity: 'low',
    area: 'recovery',
    fix: 'Set DisableApiTermination: true, or put the instance into an Auto Scaling group.',
  },
  ECR1: { severity: 'high', fix: 'Remove Principal "*" from RepositoryPolicyText.' },
  ECS2: {
    severity: 'low',
    fix: 'Move secrets from Environment to Secrets (Secrets Manager or SSM); plain settings may stay, with an acknowledgement.',
  },
  ECS4: {
    severity: 'low',
    fix: 'Set ClusterSettings: [{ Name: containerInsights, Value: enabled }]; it is charged per metric.',
  },
  ECS7: { fix: 'Set LogConfiguration on every container (logging: LogDrivers.awsLogs in the CDK).' },
  EKS1: {
    severity: 'high',
    fix: 'Set ResourcesVpcConfig.EndpointPublicAccess: false, or limit PublicAccessCidrs.',
  },
  EKS2: { severity: 'low', fix: 'Set Logging.ClusterLogging.EnabledTypes to all five.' },
  ELB2: {
    severity: 'low',
    fix: 'Set the attribute access_logs.s3.enabled: true with a bucket (logAccessLogs() in the CDK).',
  },
  ELB4: { area: 'recovery', fix: 'Set CrossZone: true and subnets in two zones.' },
  ELB5: { severity: 'high', fix: 'Set the listener’s Protocol to HTTPS or SSL, with a certificate.' },
  S1: {
    severity: 'low',
    fix: 'Set LoggingConfiguration.DestinationBucketName (serverAccessLogsBucket in the CDK).',
  },
  S2: {
    severity: 'high',
    fix: 'Set all four of PublicAccessBlockConfiguration to true (BlockPublicAccess.BLOCK_ALL in the CDK).',
  },
  S5: {
    severity: 'high',
    fix: 'Serve the bucket through CloudFront with an origin access control, and allow nobody else in its policy.',
  },
  S10: { fix: tls },
  EFS1: { fix: 'Set Encrypted: true; the file system is then replaced.' },
  RDS2: { fix: 'Set StorageEncrypted: true; the database is then replaced.' },
  RDS3: { area: 'recovery', fix: 'Set MultiAZ: true; it doubles the price of the instance.' },
  RDS6: {
    severity: 'low',
    fix: 'Set EnableIAMDatabaseAuthentication: true, and let clients use IAM tokens.',
  },
  RDS8: { severity: 'high', fix: 'Allow the clients’ security groups only in DBSecurityGroupIngress.' },
  RDS10: { area: 'recovery', fix: 'Set DeletionProtection: true.' },
  RDS11: { severity: 'info', fix: port },
  RDS13: { area: 'recovery', fix: 'Set BackupRetentionPeriod to the days you may have to go back.' },
  RDS14: {
    severity: 'low',
    area: 'recovery',
    fix: 'Set BacktrackWindow in seconds; changes are charged by the hour.',
  },
  RDS16: { severity: 'low', fix: 'Set EnableCloudwatchLogsExports to audit, error, general and slowquery.' },
  DDB3: { area: 'recovery', fix: 'Set PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled: true.' },
  DDB4: { fix: 'Set SSESpecification.SSEEnabled: true.' },
  AEC1: { fix: 'Set CacheSubnetGroupName.' },
  AEC3: { fix: 'Set AtRestEncryptionEnabled and TransitEncryptionEnabled: true.' },
  AEC4: { area: 'recovery', fix: 'Set MultiAZEnabled and AutomaticFailoverEnabled: true, with a replica.' },
  AEC5: { severity: 'info', fix: port },
  AEC6: { fix: 'Set AuthToken from Secrets Manager, or UserGroupIds.' },
  N1: { area: 'recovery', fix: 'Add a reader instance in another zone.' },
  N2: { severity: 'low', fix: 'Set AutoMinorVersionUpgrade: true.' },
  N3: { area: 'recovery', fix: 'Set BackupRetentionPeriod to at least 7 days.' },
  N4: { fix: 'Set StorageEncrypted: true; the cluster is then replaced.' },
  N5: { severity: 'low', fix: 'Set IamAuthEnabled: true.' },
  RS1: { fix: 'Set require_ssl: true in the parameter group.' },
  RS3: { severity: 'info', fix: 'Set MasterUsername to another name.' },
  RS4: { severity: 'info', fix: port },
  RS8: { severity: 'high', fix: 'Set PubliclyAccessible: false.' },
  RS9: { severity: 'low', fix: 'Set AllowVersionUpgrade: true.' },
  RS10: { area: 'recovery', fix: 'Set AutomatedSnapshotRetentionPeriod above 0.' },
  DOC1: { fix: 'Set StorageEncrypted: true; the cluster is then replaced.' },
  DOC2: { severity: 'info', fix: port },
  DOC3: {
    severity: 'high',
    fix: 'Take MasterUsername and MasterUserPassword from a secret: {{resolve:secretsmanager:…}}.',
  },
  DOC4: { area: 'recovery', fix: 'Set BackupRetentionPeriod to at least 7 days.' },
  DOC5: {
    severity: 'low',
    fix: 'Set EnableCloudwatchLogsExports: [audit, profiler], and audit_logs in the parameter group.',
  },
  VPC3: { severity: 'info', fix: 'Use security groups, and remove the network ACL.' },
  VPC7: { severity: 'low', fix: 'Add an AWS::EC2::FlowLog for the VPC (vpc.addFlowLog() in the CDK).' },
  CFR1: { severity: 'info', fix: 'Set Restrictions.GeoRestriction if the app is for some countries only.' },
  CFR2: {
    severity: 'low',
    fix: 'Set WebACLId to a WAFv2 web ACL of scope CLOUDFRONT; it costs from $5 a month.',
  },
  CFR3: { severity: 'low', fix: 'Set Logging.Bucket (enableLogging in the CDK).' },
  CFR4: {
    fix: 'Set ViewerCertificate.MinimumProtocolVersion to TLSv1.2_2021, with a certificate of your own domain.',
  },
  CFR5: { fix: 'Set OriginSSLProtocols: [TLSv1.2] and OriginProtocolPolicy: https-only.' },
  CFR7: {
    severity: 'high',
    fix: 'Set OriginAccessControlId of the S3 origin (S3BucketOrigin.withOriginAccessControl in the CDK).',
  },
  APIG1: { severity: 'low', fix: 'Set AccessLogSetting of the stage.' },
  APIG2: { severity: 'low', fix: 'Add an AWS::ApiGateway::RequestValidator and name it in each method.' },
  APIG3: {
    severity: 'low',
    fix: 'Add an AWS::WAFv2::WebACLAssociation for the stage; it costs from $5 a month.',
  },
  APIG4: { severity: 'high', fix: 'Set AuthorizationType to AWS_IAM, COGNITO_USER_POOLS, JWT or CUSTOM.' },
  APIG6: { severity: 'low', fix: 'Set MethodSettings.LoggingLevel to ERROR or INFO for all methods.' },
  AS1: { severity: 'info', area: 'capacity', fix: 'Set Cooldown.' },
  AS2: { area: 'recovery', fix: 'Set HealthCheckType: ELB and HealthCheckGracePeriod.' },
  AS3: { severity: 'info', fix: 'Set NotificationConfigurations.' },
  SM3: { fix: 'Set DirectInternetAccess: Disabled.' },
  KDA3: { area: 'recovery', fix: 'Set CheckpointConfiguration.CheckpointingEnabled: true.' },
  KDF1: { fix: 'Set DeliveryStreamEncryptionConfigurationInput, or encrypt the source stream.' },
  KDS1: { fix: 'Set StreamEncryption: { EncryptionType: KMS, KeyId: alias/aws/kinesis }.' },
  KDS3: {
    severity: 'info',
    fix: 'Keep the key of your own if you need its policy; alias/aws/kinesis is free.',
  },
  MSK2: { fix: 'Set EncryptionInTransit.ClientBroker: TLS.' },
  MSK3: { fix: 'Set EncryptionInTransit.InCluster: true.' },
  MSK6: { severity: 'low', fix: 'Set LoggingInfo.BrokerLogs.' },
  OS1: { severity: 'high', fix: 'Set VPCOptions; the domain is then replaced.' },
  OS2: { fix: 'Set NodeToNodeEncryptionOptions.Enabled: true.' },
  OS3: { severity: 'low', fix: 'Name the roles or addresses that may call in AccessPolicies.' },
  OS4: {
    severity: 'low',
    area: 'recovery',
    fix: 'Set ClusterConfig.DedicatedMasterEnabled: true, with three masters.',
  },
  OS5: {
    severity: 'high',
    fix: 'Name the roles that may call as Principal in AccessPolicies; "*" lets anyone in who gets to the domain.',
  },
  OS7: { area: 'recovery', fix: 'Set ClusterConfig.ZoneAwarenessEnabled: true, with two zones or three.' },
  OS8: { fix: 'Set EncryptionAtRestOptions.Enabled: true.' },
  OS9: { severity: 'info', fix: 'Set LogPublishingOptions for SEARCH_SLOW_LOGS and INDEX_SLOW_LOGS.' },
  IAM4: {
    severity: 'low',
    title: 'The role, user or group uses an AWS managed policy',
    graded: [
      [/AdministratorAccess$/, 'high'],
      [/(PowerUserAccess|IAMFullAccess)$/, 'high'],
      [/FullAccess$/, 'medium'],
    ],
    fix: 'Replace the managed policy by one that names the actions and resources that are needed.',
  },
  IAM5: {
    // What a prefix of names or one bucket's keys take in is bounded; some actions know no resource but "*".
    severity: 'low',
    title: 'The policy allows a wildcard',
    graded: [
      [/^Action::\*$/, 'high'],
      [/^Action::[\w-]+:\*$/, 'medium'],
    ],
    fix: 'Name the actions and resources that are needed; where only a prefix can be known, acknowledge it with the reason.',
  },
  COG1: {
    fix: 'Set Policies.PasswordPolicy: at least 8 characters with upper and lower case, numbers and symbols.',
  },
  COG2: { fix: 'Set MfaConfiguration: ON.' },
  COG3: {
    severity: 'low',
    fix: 'Set UserPoolAddOns.AdvancedSecurityMode: ENFORCED; it is charged per user.',
  },
  COG4: {
    fix: 'Set AuthorizationType: COGNITO_USER_POOLS with an authorizer; or acknowledge what authenticates instead.',
  },
  COG7: {
    title: 'The Cognito identity pool gives credentials to guests',
    severity: 'high',
    fix: 'Set AllowUnauthenticatedIdentities: false.',
  },
  COG8: { severity: 'info', fix: 'Set UserPoolTier: PLUS; it is charged per user.' },
  KMS5: { fix: 'Set EnableKeyRotation: true.' },
  SMG4: {
    severity: 'low',
    fix: 'Add an AWS::SecretsManager::RotationSchedule (secret.addRotationSchedule() in the CDK).',
  },
  ASC3: { severity: 'low', fix: 'Set LogConfig.FieldLogLevel to ERROR or ALL.' },
  SF1: { severity: 'low', fix: 'Set LoggingConfiguration.Level: ALL with a log group.' },
  SF2: { severity: 'low', fix: 'Set TracingConfiguration.Enabled: true.' },
  EVB1: {
    severity: 'high',
    fix: 'Remove Principal "*" from the bus policy, or limit it by aws:PrincipalOrgID.',
  },
  SNS2: { fix: 'Set KmsMasterKeyId (masterKey in the CDK).' },
  SNS3: { fix: tls },
  SQS2: { fix: 'Set SqsManagedSseEnabled: true or KmsMasterKeyId.' },
  SQS3: { area: 'recovery', fix: 'Set RedrivePolicy with a dead-letter queue (deadLetterQueue in the CDK).' },
  SQS4: { fix: tls },
  CB3: { fix: 'Set Environment.PrivilegedMode: false, unless the build makes container images.' },
  CB4: { severity: 'low', fix: 'Set EncryptionKey to a KMS key.' },
  CB5: {
    title: 'The CodeBuild project does not use an image of CodeBuild',
    severity: 'info',
    fix: 'Use an image that CodeBuild keeps up to date.',
  },
  L1: { severity: 'low', fix: 'Set Runtime to the newest of its language.' },
};

interface NagWeight {
  readonly area: Area;
  /** Of a finding, by what it is about. */
  readonly severity: (about: string | undefined) => Severity;
  readonly title: string;
  readonly fix: string;
}

/** Other packs' rules have names of their own; a rule that AwsSolutions has too is reported under that pack's name. */
export function nagRuleOf(rule: Pick<NagRule, 'id' | 'also' | 'level' | 'info'>): NagWeight {
  const row = [rule.id, ...rule.also]
    .filter((id) => id.startsWith('AwsSolutions-'))
    .map((id) => rows[id.slice('AwsSolutions-'.length)])
    .find((found) => found !== undefined);
  return {
    area: row?.area ?? 'security',
    severity: (about) =>
      row?.graded?.find(([form]) => form.test(about ?? ''))?.[1] ??
      row?.severity ??
      (rule.level === 'error' ? 'medium' : 'low'),
    title: row?.title ?? rule.info.replace(/\.$/, ''),
    fix: row?.fix ?? `Change the property that makes this so: ${rule.info}`,
  };
}
