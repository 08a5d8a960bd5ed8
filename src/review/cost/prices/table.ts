/** The one list of price files: a new service is a file beside this one and a line here. */
import { analytics } from './analytics.ts';
import { apiGateway } from './api-gateway.ts';
import { appsync } from './appsync.ts';
import { aurora } from './aurora.ts';
import { backup } from './backup.ts';
import { cloudfront } from './cloudfront.ts';
import { cloudtrail } from './cloudtrail.ts';
import { cloudwatch } from './cloudwatch.ts';
import { cognito } from './cognito.ts';
import { config } from './config.ts';
import { dataTransfer } from './data-transfer.ts';
import { dynamodb } from './dynamodb.ts';
import { ebs } from './ebs.ts';
import { ec2 } from './ec2.ts';
import { ecr } from './ecr.ts';
import { efs } from './efs.ts';
import { eks } from './eks.ts';
import { elasticache } from './elasticache.ts';
import { eventbridge } from './eventbridge.ts';
import { fargate } from './fargate.ts';
import { guardduty } from './guardduty.ts';
import { kinesis } from './kinesis.ts';
import { kms } from './kms.ts';
import { lambda } from './lambda.ts';
import { loadBalancing } from './load-balancing.ts';
import type { PriceRow } from './model.ts';
import { noCharge } from './no-charge.ts';
import { rds } from './rds.ts';
import { rdsMysql } from './rds-mysql.ts';
import { rdsPostgres } from './rds-postgres.ts';
import { route53 } from './route53.ts';
import { s3 } from './s3.ts';
import { s3Archive } from './s3-archive.ts';
import { sagemaker } from './sagemaker.ts';
import { secrets } from './secrets.ts';
import { ses } from './ses.ts';
import { sns } from './sns.ts';
import { sqs } from './sqs.ts';
import { stepFunctions } from './step-functions.ts';
import { vectorSearch } from './vector-search.ts';
import { vpc } from './vpc.ts';
import { waf } from './waf.ts';
import { xray } from './xray.ts';

export { notPriced } from './not-priced.ts';

/** By file name, so that a test can hold each file to having a worked example. */
export const priceFiles: Readonly<Record<string, readonly PriceRow[]>> = {
  analytics,
  'api-gateway': apiGateway,
  appsync,
  aurora,
  backup,
  cloudfront,
  cloudtrail,
  cloudwatch,
  cognito,
  config,
  'data-transfer': dataTransfer,
  dynamodb,
  ebs,
  ec2,
  ecr,
  efs,
  eks,
  elasticache,
  eventbridge,
  fargate,
  guardduty,
  kinesis,
  kms,
  lambda,
  'load-balancing': loadBalancing,
  'no-charge': noCharge,
  rds,
  'rds-mysql': rdsMysql,
  'rds-postgres': rdsPostgres,
  route53,
  s3,
  's3-archive': s3Archive,
  sagemaker,
  secrets,
  ses,
  sns,
  sqs,
  'step-functions': stepFunctions,
  'vector-search': vectorSearch,
  vpc,
  waf,
  xray,
};

export const priceRows: readonly PriceRow[] = Object.values(priceFiles).flat();
