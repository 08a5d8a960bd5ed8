/**
 * Which way a request goes along a reference. Most resources name what they need; these are named by nothing and hang
 * on their owner through a property, so the way goes from the owner to them.
 */
import { factsOf } from '../../architecture/index.ts';

/** References that no user's request follows: permissions to be called, logs of logs, where failures are put. */
const soft =
  /\/(KeyPolicy|AssumeRolePolicyDocument|PermissionsBoundary|RepositoryPolicyText|ResourcePolicy|AccessPolicies|LoggingConfiguration|Logging|AccessLogSetting|AccessLogSettings|RedrivePolicy|RedriveAllowPolicy|DeadLetterConfig|DeadLetterQueue|DestinationConfig|OnFailure|LogConfiguration|LoggingConfig|ReplicationConfiguration|LoadBalancerAttributes|BackupPolicy|InventoryConfigurations|DependsOn|Metadata|Tags|SourceArn|SourceSecurityGroupId|DestinationSecurityGroupId|SecurityGroupIngress|SecurityGroupEgress)(\/|$)/;

/** Types that only permit, watch, count, group or deploy. */
const notFollowed =
  /^AWS::(Lambda::Permission|S3::BucketPolicy|SQS::QueuePolicy|SNS::TopicPolicy|CloudWatch::|ApplicationAutoScaling::|Budgets::|Backup::|Logs::|CDK::|KMS::Alias|CloudFront::ResponseHeadersPolicy|CodeBuild|CodePipeline|CodeDeploy|EC2::SecurityGroup|EC2::VPC$|EC2::InternetGateway|CloudFormation::|SecretsManager::(ResourcePolicy|RotationSchedule|SecretTargetAttachment))|^Custom::(?!S3BucketNotifications|AWSCDK-EKS)/;

export const isSoft = (path: string): boolean => soft.test(path);
export const isFollowed = (type: string): boolean => !notFollowed.test(type);
/** Whether the property names what the resource is a part of, or what sets it off. */
export const hangsOnOwner = (type: string, path: string): boolean => {
  const facts = factsOf(type);
  return [...(facts?.owner ?? []), ...(facts?.triggers ?? []).flatMap(({ from }) => from ?? [])].some(
    (property) => path.startsWith(`/Properties/${property.split('.')[0]}`),
  );
};
