/**
 * Which references a user's request follows, and in which direction. Most resources name what they need. A part names
 * its owner, and a trigger its source; there the request goes the other way, from the owner or source.
 */
import { factsOf } from '../../architecture/index.ts';

/** Properties whose references no request follows: permissions, logging, dead letters. */
const offPath =
  /\/(KeyPolicy|AssumeRolePolicyDocument|PermissionsBoundary|RepositoryPolicyText|ResourcePolicy|AccessPolicies|LoggingConfiguration|Logging|AccessLogSetting|AccessLogSettings|RedrivePolicy|RedriveAllowPolicy|DeadLetterConfig|DeadLetterQueue|DestinationConfig|OnFailure|LogConfiguration|LoggingConfig|ReplicationConfiguration|LoadBalancerAttributes|BackupPolicy|InventoryConfigurations|DependsOn|Metadata|Tags|SourceArn|SourceSecurityGroupId|DestinationSecurityGroupId|SecurityGroupIngress|SecurityGroupEgress)(\/|$)/;

/** Types that no request passes through: they permit, watch, scale, group or deploy. */
const notPassedThrough =
  /^AWS::(Lambda::Permission|S3::BucketPolicy|SQS::QueuePolicy|SNS::TopicPolicy|CloudWatch::|ApplicationAutoScaling::|Budgets::|Backup::|Logs::|CDK::|KMS::Alias|CloudFront::ResponseHeadersPolicy|CodeBuild|CodePipeline|CodeDeploy|EC2::SecurityGroup|EC2::VPC$|EC2::InternetGateway|CloudFormation::|SecretsManager::(ResourcePolicy|RotationSchedule|SecretTargetAttachment))|^Custom::(?!S3BucketNotifications|AWSCDK-EKS)/;

export const isOffPath = (path: string): boolean => offPath.test(path);
export const isPassedThrough = (type: string): boolean => !notPassedThrough.test(type);
/** Whether the property names the resource's owner, or the source that triggers it. */
export const namesOwnerOrSource = (type: string, path: string): boolean => {
  const facts = factsOf(type);
  return [...(facts?.owner ?? []), ...(facts?.triggers ?? []).flatMap(({ from }) => from ?? [])].some(
    (property) => path.startsWith(`/Properties/${property.split('.')[0]}`),
  );
};
