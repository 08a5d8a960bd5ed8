/** Finds the template's resource behind a name, id or ARN that the meter wrote. */
import type { Architecture, Resource } from '../../../architecture/index.ts';

/** What each service's meter speaks of. */
const typesOf: Readonly<Record<string, readonly string[]>> = {
  apigateway: ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'],
  cloudfront: ['AWS::CloudFront::Distribution'],
  dynamodb: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
  // The meter names tasks; a task is its service's.
  ecs: ['AWS::ECS::Service'],
  lambda: ['AWS::Lambda::Function'],
  logs: ['AWS::Logs::LogGroup'],
  s3: ['AWS::S3::Bucket'],
  sns: ['AWS::SNS::Topic'],
  sqs: ['AWS::SQS::Queue'],
};

/** Physical id or ARN to `Stack/LogicalId`, as a deployment knows it. */
export type PhysicalIds = Readonly<Record<string, string>>;

export function resourceFinder(app: Architecture, physical: PhysicalIds = {}) {
  return (service: string, name: string | undefined): Resource | undefined => {
    if (name === undefined) return undefined;
    const given = physical[name];
    if (given !== undefined) return app.byId(given);
    const exact = app.named(name);
    const candidates = app.ofType(...(typesOf[service] ?? []));
    if (exact !== undefined && candidates.includes(exact)) return exact;
    // Names that CloudFormation makes: `Stack-LogicalId-RANDOM`, sometimes shortened, lower case for buckets.
    const lower = name.toLowerCase();
    const found = candidates.filter(({ logicalId, stack }) => {
      const id = logicalId.toLowerCase();
      return lower.includes(`${stack.toLowerCase()}-${id}`) || lower.includes(id);
    });
    if (found.length === 1) return found[0];
    return candidates.length === 1 ? candidates[0] : undefined;
  };
}
