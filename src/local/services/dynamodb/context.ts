/** What DynamoDB's operations share: the tables, and what a call needs permission for. */
import { type AccessCheck, AwsError, type ServiceEnvironment } from '../../service.ts';
import { parseProjection, parseUpdate } from './expressions/parse.ts';
import type { ExpressionInput } from './expressions/placeholders.ts';
import type { Table } from './storage/table.ts';
import type { Tables } from './storage/tables.ts';
import { attribute, contentOf, type Item } from './values/types.ts';

export interface DynamoContext {
  readonly env: ServiceEnvironment;
  readonly tables: Tables;
}

export const tableArn = ({ env }: DynamoContext, nameOrArn: string | undefined): string =>
  nameOrArn?.startsWith('arn:') ? nameOrArn : env.arn('dynamodb', `table/${nameOrArn ?? ''}`);

interface AccessDetails {
  readonly index?: string | undefined;
  /** Items or keys whose partition key is touched. */
  readonly leading?: readonly (object | undefined)[];
  readonly attributes?: readonly string[];
  readonly select?: string | undefined;
  readonly returnValues?: string | undefined;
  readonly returnConsumedCapacity?: string | undefined;
  /** dynamodb:EnclosingOperation */
  readonly enclosing?: string;
  readonly fullScan?: boolean;
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
export function onTable(
  context: DynamoContext,
  action: string,
  nameOrArn: string | undefined,
  details: AccessDetails = {},
): AccessCheck {
  const table = context.tables.find(nameOrArn);
  const arn = table?.record.arn ?? tableArn(context, nameOrArn);
  const keys: Record<string, string | readonly string[]> = {};
  if (table && details.leading) keys['dynamodb:LeadingKeys'] = leadingKeys(table, details);
  if (details.attributes && details.attributes.length > 0)
    keys['dynamodb:Attributes'] = [...new Set(details.attributes)];
  if (details.select) keys['dynamodb:Select'] = details.select;
  if (details.returnValues) keys['dynamodb:ReturnValues'] = details.returnValues;
  if (details.returnConsumedCapacity)
    keys['dynamodb:ReturnConsumedCapacity'] = details.returnConsumedCapacity;
  if (details.enclosing) keys['dynamodb:EnclosingOperation'] = details.enclosing;
  if (details.fullScan !== undefined) keys['dynamodb:FullTableScan'] = String(details.fullScan);
  return {
    action: `dynamodb:${action}`,
    resource: details.index === undefined ? arn : `${arn}/index/${details.index}`,
    context: keys,
    ...policyOf(table),
  };
}

function policyOf(table: Table | undefined) {
  const policy = table?.record.policy;
  return policy
    ? { resourcePolicy: { name: `resource policy of ${table.record.name}`, document: policy.document } }
    : {};
}

function leadingKeys(table: Table, { leading = [], index }: AccessDetails): string[] {
  const { hash } = (index === undefined ? undefined : table.index(index)?.keys) ?? table.record.keys;
  const found: string[] = [];
  for (const item of leading as (Item | undefined)[]) {
    const value = item && attribute(item, hash);
    if (value) {
      const content = contentOf(value);
      found.push(content instanceof Uint8Array ? Buffer.from(content).toString('base64') : String(content));
    }
  }
  return found;
}

interface AttributeInput extends ExpressionInput {
  readonly ProjectionExpression?: string | undefined;
  readonly UpdateExpression?: string | undefined;
  readonly AttributesToGet?: readonly string[] | undefined;
  readonly AttributeUpdates?: object | undefined;
  readonly Expected?: object | undefined;
  readonly QueryFilter?: object | undefined;
  readonly ScanFilter?: object | undefined;
}

/** Whether a reading request asks for whole items. */
export const readsAll = (input: AttributeInput): boolean =>
  input.ProjectionExpression === undefined && input.AttributesToGet === undefined;

/** Top-level names that a request touches, for dynamodb:Attributes. */
export function expressionAttributes(input: AttributeInput): string[] {
  const names = input.ExpressionAttributeNames ?? {};
  const top = ([first]: readonly (string | number)[]) =>
    Object.hasOwn(names, String(first)) ? (names[String(first)] ?? '') : String(first);
  const out = [...Object.values(names), ...(input.AttributesToGet ?? [])];
  for (const legacy of [input.AttributeUpdates, input.Expected, input.QueryFilter, input.ScanFilter])
    if (legacy) out.push(...Object.keys(legacy));
  if (input.ProjectionExpression !== undefined)
    out.push(...parseProjection('ProjectionExpression', input.ProjectionExpression).root.map(top));
  if (input.UpdateExpression !== undefined) {
    const { root } = parseUpdate('UpdateExpression', input.UpdateExpression);
    out.push(
      ...root.remove.map(top),
      ...[...root.set, ...root.add, ...root.delete].map(({ path }) => top(path)),
    );
  }
  return out;
}

/** The table by name or ARN; ResourceNotFoundException as table operations word it. */
export function describedTable({ tables }: DynamoContext, nameOrArn: string | undefined): Table {
  const table = tables.find(nameOrArn);
  if (!table)
    throw new AwsError(
      'ResourceNotFoundException',
      `Requested resource not found: Table: ${nameOrArn?.split('/').at(-1)} not found`,
    );
  return table;
}
