/** What DynamoDB's operations share: the tables, and what a call needs permission for. */
import { type AccessCheck, AwsError, type ServiceEnvironment } from '../../service.ts';
import { validation } from './errors.ts';
import type { Table } from './storage/table.ts';
import { checkTableName, type Tables } from './storage/tables.ts';
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
  return {
    action: `dynamodb:${action}`,
    resource: details.index === undefined ? arn : `${arn}/index/${details.index}`,
    context: () => conditionKeys(table, details),
    ...policyOf(table),
  };
}

function conditionKeys(
  table: Table | undefined,
  details: AccessDetails,
): Record<string, string | readonly string[]> {
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
  return keys;
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

/** The table by name or ARN; ResourceNotFoundException as table operations word it. */
export function describedTable({ tables }: DynamoContext, nameOrArn: string | undefined): Table {
  const table = tables.find(nameOrArn);
  if (table) return table;
  checkTableName(nameOrArn);
  throw new AwsError(
    'ResourceNotFoundException',
    `Requested resource not found: Table: ${nameOrArn?.split('/').at(-1)} not found`,
  );
}

/** A table by the ARN that operations on tags take. The missing letter is AWS's. */
export function taggedTable({ tables, env }: DynamoContext, arn = ''): Table {
  const table = tables.find(arn);
  if (table) return table;
  if (!arn.startsWith('arn:')) throw validation(`ARNs must start with 'arn:': ${arn}`);
  if (!arn.startsWith(env.arn('dynamodb', 'table/')) || arn.split('/').length > 2)
    throw validation(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}`);
  throw new AwsError(
    'ResourceNotFoundException',
    `Requested resource not found: ResourcArn: ${arn} not found`,
  );
}
