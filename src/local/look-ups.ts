/**
 * What a CDK app asks for while it is synthesized (`Vpc.fromLookup` and its like), answered from the local cloud in the
 * form in which the CDK CLI answers. What is not here is refused by name, with the context key to give.
 * https://docs.aws.amazon.com/cdk/v2/guide/context.html
 */
import type { Scope } from '../core/regions.ts';
import type { ContextAnswers, ContextQuery } from '../template/context-queries.ts';
import { availabilityZones } from './availability-zones.ts';
import { defaultNetwork, stableId } from './default-network.ts';
import type { Invoke } from './service.ts';

interface Answerer extends Scope {
  readonly invoke: Invoke;
}

/** Why there is no answer. */
class NoAnswer {
  readonly why: string;
  constructor(why: string) {
    this.why = why;
  }
}

type Provider = (props: ContextQuery['props'], cloud: Answerer) => unknown;

const providers: Readonly<Record<string, Provider>> = {
  'availability-zones': (_, { region }) => availabilityZones(region),
  'endpoint-service-availability-zones': (_, { region }) => availabilityZones(region),
  'vpc-provider': vpc,
  // Nothing starts from an image here: an id of the right form, the same for the same question.
  ami: ({ owners, filters }, { region }) => stableId('ami', region, JSON.stringify([owners, filters])),
  'security-group': securityGroup,
  async ssm({ parameterName }, { invoke }) {
    const Name = String(parameterName);
    const { Parameters = [] } = await invoke('ssm', 'GetParameters', { Names: [Name] });
    return (
      Parameters[0]?.Value ??
      new NoAnswer(`there is no SSM parameter ${Name} here; put it there with aws ssm put-parameter`)
    );
  },
};

const elsewhere: Readonly<Record<string, string>> = {
  'hosted-zone': 'Route 53 is not here',
  'load-balancer': 'load balancers are not here',
  'load-balancer-listener': 'load balancers are not here',
  'key-provider': 'KMS keys are not here',
  'cc-api-provider': 'resources are not looked up by their properties here',
  plugin: 'plug-ins of the CDK CLI are not run here',
};

export async function lookUp(
  queries: readonly ContextQuery[],
  home: Scope,
  invokeIn: (scope: Scope) => Invoke,
): Promise<ContextAnswers> {
  const found: Record<string, unknown> = {};
  const refused: { key: string; provider: string; why: string }[] = [];
  for (const { key, provider, props } of queries) {
    const region = typeof props.region === 'string' ? props.region : home.region;
    const accountId = typeof props.account === 'string' ? props.account : home.accountId;
    const answer =
      (await providers[provider]?.(props, { region, accountId, invoke: invokeIn({ region, accountId }) })) ??
      new NoAnswer(elsewhere[provider] ?? 'Slipway does not know this kind of look-up');
    if (!(answer instanceof NoAnswer)) found[key] = answer;
    // The app has said what it takes where there is nothing.
    else if (props.ignoreErrorOnMissingContext === true && 'dummyValue' in props)
      found[key] = props.dummyValue;
    else refused.push({ key, provider, why: answer.why });
  }
  return { found, refused };
}

/** The default VPC alone, which every account has. */
function vpc(
  { filter, returnAsymmetricSubnets }: ContextQuery['props'],
  { accountId, region }: Answerer,
): unknown {
  const network = defaultNetwork(accountId, region);
  const wanted = new Map(Object.entries(typeof filter === 'object' && filter !== null ? filter : {}));
  const isDefault = (name: string, value: unknown) =>
    (name === 'isDefault' && String(value) === 'true') ||
    (name === 'vpc-id' && value === network.vpcId) ||
    (name === 'owner-id' && value === accountId);
  const others = [...wanted].filter(([name, value]) => !isDefault(name, value));
  if (others.length > 0 || wanted.size === 0)
    return new NoAnswer(
      `only the default VPC (${network.vpcId}) can be looked up here, not one with ${others.map(([name, value]) => `${name} ${value}`).join(', ')}`,
    );
  const { vpcId, cidr: vpcCidrBlock, subnets, routeTableId } = network;
  const common = { vpcId, vpcCidrBlock, ownerAccountId: accountId };
  return returnAsymmetricSubnets === true
    ? {
        ...common,
        availabilityZones: [],
        subnetGroups: [
          {
            name: 'Public',
            type: 'Public',
            subnets: subnets.map(({ id, zone, cidr }) => ({
              subnetId: id,
              cidr,
              availabilityZone: zone,
              routeTableId,
            })),
          },
        ],
      }
    : {
        ...common,
        availabilityZones: subnets.map(({ zone }) => zone),
        publicSubnetIds: subnets.map(({ id }) => id),
        publicSubnetNames: ['Public'],
        publicSubnetRouteTableIds: subnets.map(() => routeTableId),
      };
}

/** A group by its id is what it says it is; by name there is the default one, which lets everything out. */
function securityGroup(
  { securityGroupId, securityGroupName, vpcId }: ContextQuery['props'],
  { accountId, region }: Answerer,
): unknown {
  const network = defaultNetwork(accountId, region);
  if (typeof securityGroupId === 'string') return { securityGroupId, allowAllOutbound: true };
  if (securityGroupName === 'default' && (vpcId === undefined || vpcId === network.vpcId))
    return { securityGroupId: network.securityGroupId, allowAllOutbound: true };
  return new NoAnswer(
    `only the security group "default" of the default VPC can be looked up by name here, not ${String(securityGroupName)}`,
  );
}
