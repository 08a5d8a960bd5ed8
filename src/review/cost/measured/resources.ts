/** Finds the template's resource behind a name, id or ARN that the meter wrote. */
import type { Architecture, Resource } from '../../../architecture/index.ts';
import { apiV2, restApi } from '../pricers/api-gateway.ts';
import { distribution } from '../pricers/cloudfront.ts';
import { dynamoTable } from '../pricers/dynamodb.ts';
import { ecsService } from '../pricers/ecs.ts';
import { lambdaFunction } from '../pricers/lambda.ts';
import { logGroup } from '../pricers/logs.ts';
import { s3Bucket } from '../pricers/s3.ts';
import { snsTopic } from '../pricers/sns.ts';
import { sqsQueue } from '../pricers/sqs.ts';

/** The types that each service's meter speaks of; it names tasks of ECS, which are their service's. */
const typesOf: Readonly<Record<string, readonly string[]>> = {
  apigateway: restApi.types,
  apigatewayv2: apiV2.types,
  cloudfront: distribution.types,
  dynamodb: dynamoTable.types,
  ecs: ecsService.types,
  lambda: lambdaFunction.types,
  logs: logGroup.types,
  s3: s3Bucket.types,
  sns: snsTopic.types,
  sqs: sqsQueue.types,
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
