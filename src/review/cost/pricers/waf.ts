/** Web ACLs: https://aws.amazon.com/waf/pricing/ */
import { ownersOf, type Resolved, valueAt } from '../../../architecture/index.ts';
import { constant, sum } from '../amount.ts';
import { freeOfCharge, type Item, line, type Pricer } from './model.ts';
import { mapsIn } from './properties.ts';
import { derived, monthly, oncePerUse } from './questions.ts';

export const webAcl: Pricer = {
  types: ['AWS::WAFv2::WebACL'],
  questions: (acl) => [
    monthly('requests', 'Requests that it inspects', 'request', (flow) => {
      // An association, or the distribution itself, names the ACL; a stage that is guarded is its API.
      // Two stages of one API are the same requests.
      const guarded = [
        ...new Set(
          acl.usedBy.flatMap(({ to: user }) =>
            ownersOf(flow.app, user)
              .filter((one) => flow.asks(one, 'requests'))
              .slice(0, 1),
          ),
        ),
      ];
      if (guarded.length === 0) return oncePerUse('request', flow);
      return derived(
        sum(
          guarded.map((one) => flow.of(one, 'requests')),
          'request',
        ),
        `all requests of ${guarded.map(({ name }) => name).join(', ')}`,
      );
    }),
  ],
  items: (acl, flow) => {
    const rules = mapsIn(acl.properties.Rules);
    const bots = rules.filter((rule) => managedName(rule) === 'AWSManagedRulesBotControlRuleSet');
    const isTargeted = bots.some((rule) =>
      mapsIn(valueAt(rule, 'Statement.ManagedRuleGroupStatement.ManagedRuleGroupConfigs')).some(
        (one) => valueAt(one, 'AWSManagedRulesBotControlRuleSet.InspectionLevel') === 'TARGETED',
      ),
    );
    const paid = rules.filter((rule) => isMarketplace(rule));
    return [
      line('waf.web-acl', constant(1, 'web ACL')),
      line('waf.rule', constant(rules.length, 'rule'), { note: 'a managed rule group counts as one' }),
      line('waf.requests', flow.of(acl, 'requests')),
      ...(bots.length > 0
        ? [
            line('waf.bot-control', constant(1, 'rule group')),
            line(
              isTargeted ? 'waf.bot-control-targeted.requests' : 'waf.bot-control.requests',
              flow.of(acl, 'requests'),
            ),
          ]
        : []),
      ...paid.map((): Item => line('waf.marketplace', constant(1, 'rule group'))),
    ];
  },
};

const managedName = (rule: Resolved): Resolved | undefined =>
  valueAt(rule, 'Statement.ManagedRuleGroupStatement.Name');
const isMarketplace = (rule: Resolved): boolean => {
  const vendor = valueAt(rule, 'Statement.ManagedRuleGroupStatement.VendorName');
  return typeof vendor === 'string' && vendor !== 'AWS';
};

export const wafRuleGroup: Pricer = {
  types: ['AWS::WAFv2::RuleGroup'],
  items: (group) => [line('waf.rule', constant(mapsIn(group.properties.Rules).length, 'rule'))],
};

export const wafLogs: Pricer = { types: ['AWS::WAFv2::LoggingConfiguration'], items: () => [] };

export const wafParts: Pricer = {
  types: ['AWS::WAFv2::WebACLAssociation', 'AWS::WAFv2::IPSet', 'AWS::WAFv2::RegexPatternSet'],
  items: () => [freeOfCharge('part of a web ACL', 'https://aws.amazon.com/waf/pricing/')],
};
