/** Firewalls, sign-in, trails and records: what protects and watches. */

import type { Resolved } from '../../../architecture/app/model.ts';
import { namedAt, ownersOf, type Resource, storeKind, textAt, valueAt } from '../../../architecture/index.ts';
import { type Amount, constant, perUse, sum, times } from '../amount.ts';
import { assumed, derived, monthly, oncePerUse } from './answers.ts';
import { type Item, isFree, line, type Pricer, unpriced } from './model.ts';
import { mapsIn, read } from './read.ts';

/** https://aws.amazon.com/waf/pricing/ */
export const webAcl: Pricer = {
  types: ['AWS::WAFv2::WebACL'],
  questions: (acl) => [
    monthly('requests', 'Requests it looks at', 'request', (flow) => {
      // An association, or the distribution itself, names the ACL; a stage that is guarded is its API.
      const guarded = [...new Set(acl.usedBy.map(({ to }) => to))].flatMap((user) =>
        ownersOf(flow.app, user)
          .filter((one) => flow.asks(one, 'requests'))
          .slice(0, 1),
      );
      if (guarded.length === 0) return oncePerUse('request', flow);
      return derived(
        sum(
          guarded.map((one) => flow.of(one, 'requests')),
          'request',
        ),
        `all requests of ${[...new Set(guarded.map(({ name }) => name))].join(', ')}`,
      );
    }),
  ],
  items: (acl, flow) => {
    const rules = mapsIn(acl.properties.Rules);
    const bot = rules.some((rule) => managedName(rule) === 'AWSManagedRulesBotControlRuleSet');
    const paid = rules.filter((rule) => isMarketplace(rule));
    return [
      line('waf.web-acl', constant(1, 'web ACL')),
      line('waf.rule', constant(rules.length, 'rule'), { note: 'a managed rule group counts as one' }),
      line('waf.requests', flow.of(acl, 'requests')),
      ...(bot
        ? [
            line('waf.bot-control', constant(1, 'rule group')),
            line('waf.bot-control.requests', flow.of(acl, 'requests')),
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

export const wafParts: Pricer = {
  types: [
    'AWS::WAFv2::WebACLAssociation',
    'AWS::WAFv2::IPSet',
    'AWS::WAFv2::RegexPatternSet',
    'AWS::WAFv2::LoggingConfiguration',
  ],
  items: () => [isFree('part of a web ACL', 'https://aws.amazon.com/waf/pricing/')],
};

/** https://aws.amazon.com/cognito/pricing/ */
export const userPool: Pricer = {
  types: ['AWS::Cognito::UserPool'],
  work: 'activeUsers',
  questions: () => [
    monthly('activeUsers', 'People who sign in at least once', 'user', (flow) =>
      assumed(perUse(0.1, 'user'), `ten ${flow.uses.unit}s a person`),
    ),
  ],
  items: (pool, flow) => {
    const tier = read(pool).text('UserPoolTier', 'ESSENTIALS');
    const row = tier === undefined ? 'essentials' : tier.toLowerCase();
    const sms = textAt(pool.properties, 'SmsConfiguration.SnsCallerArn') !== undefined;
    return [
      line(`cognito.users.${row}`, flow.of(pool, 'activeUsers')),
      ...(sms
        ? [
            unpriced(
              'Text messages',
              'their price differs by country (https://aws.amazon.com/sns/sms-pricing/)',
            ),
          ]
        : []),
    ];
  },
};

export const cognitoParts: Pricer = {
  types: ['AWS::Cognito::*', 'Custom::DescribeCognitoUserPoolClient', 'Custom::CognitoTrigger'],
  items: () => [
    isFree(
      'clients, domains and identity pools cost nothing; users are counted with their pool',
      'https://aws.amazon.com/cognito/pricing/',
    ),
  ],
};

/** https://aws.amazon.com/cloudtrail/pricing/ : the first copy of management events is free. */
export const trail: Pricer = {
  types: ['AWS::CloudTrail::Trail'],
  questions: (resource) =>
    dataEvents(resource)
      ? [
          monthly('dataEvents', 'Reads and writes of data that it records', 'event', (flow) => {
            const buckets = flow.app.resources.filter(
              (one) => storeKind(one) === 'bucket' && flow.asks(one, 'gets'),
            );
            return derived(
              sum(
                buckets.flatMap((one) => [flow.of(one, 'gets'), flow.of(one, 'puts')]),
                'event',
              ),
              'every read and write of the buckets in the template',
            );
          }),
        ]
      : [],
  items: (resource, flow) => [
    isFree(
      'the first copy of management events costs nothing; a second trail in the account would',
      'https://aws.amazon.com/cloudtrail/pricing/',
    ),
    ...(dataEvents(resource) ? [line('cloudtrail.data', flow.of(resource, 'dataEvents'))] : []),
  ],
};

const dataEvents = (resource: Resource): boolean =>
  mapsIn(resource.properties.EventSelectors).some((one) => one.DataResources !== undefined) ||
  JSON.stringify(resource.properties.AdvancedEventSelectors ?? '').includes('"Data"');

/** https://aws.amazon.com/config/pricing/ */
export const configRecorder: Pricer = {
  types: ['AWS::Config::ConfigurationRecorder'],
  questions: () => [
    monthly('items', 'Changes of resources it records', 'item', (flow) =>
      assumed(
        constant(4 * flow.app.resources.length, 'item'),
        'each resource of the app changes once a week',
      ),
    ),
  ],
  items: (recorder, flow) => [line('config.items', flow.of(recorder, 'items'))],
};

export const configRule: Pricer = {
  types: ['AWS::Config::ConfigRule', 'AWS::Config::ManagedRule', 'AWS::Config::OrganizationConfigRule'],
  questions: () => [
    monthly('evaluations', 'Evaluations', 'evaluation', () =>
      assumed(constant(500, 'evaluation'), 'each change of a resource in its scope, and once a day'),
    ),
  ],
  items: (rule, flow) => [line('config.rules', flow.of(rule, 'evaluations'))],
};

/** https://aws.amazon.com/guardduty/pricing/ and https://aws.amazon.com/security-hub/pricing/ */
export const guardDuty: Pricer = {
  types: ['AWS::GuardDuty::Detector', 'AWS::SecurityHub::Hub'],
  questions: ({ type }) => [
    type.includes('GuardDuty')
      ? monthly('managementEvents', 'Management events it looks at', 'event', () =>
          assumed(constant(50_000, 'event'), 'a quiet account'),
        )
      : monthly('checks', 'Checks', 'check', (flow) =>
          assumed(constant(flow.app.resources.length * 30, 'check'), 'one a day of each resource'),
        ),
  ],
  items: (resource, flow) =>
    resource.type.includes('GuardDuty')
      ? [
          line('guardduty.cloudtrail', flow.of(resource, 'managementEvents')),
          unpriced(
            'Flow and DNS logs it looks at',
            'how much there is follows from traffic, which is not in the template',
            undefined,
            'unresolved',
          ),
        ]
      : [line('security-hub.checks', flow.of(resource, 'checks'))],
};

/** https://aws.amazon.com/backup/pricing/ */
export const backupPlan: Pricer = {
  types: ['AWS::Backup::BackupPlan'],
  questions: (plan) => [
    monthly('storedGB', 'Backups kept', 'GB', (flow) => {
      const chosen = plan.usedBy
        .flatMap(({ to: selection }) => namedAt(flow.app, selection, 'BackupSelection.Resources'))
        .map(({ to }) => to)
        .filter((one) => flow.asks(one, 'storedGB'));
      return chosen.length === 0
        ? assumed(constant(10, 'GB'), 'what it selects is not seen in the template')
        : derived(
            sum(
              chosen.map((one) => flow.of(one, 'storedGB')),
              'GB',
            ),
            `one full copy of ${chosen.map(({ name }) => name).join(', ')}`,
          );
    }),
    {
      key: 'copies',
      asks: 'Full copies that are kept at a time',
      unit: 'copy',
      kind: 'each',
      suppose: () =>
        assumed(constant(copiesOf(plan), 'copy'), 'as many as its rules keep, a copy a day, each full'),
    },
  ],
  items: (plan, flow) => {
    const kept: Amount = times(flow.of(plan, 'storedGB'), flow.of(plan, 'copies'));
    return [
      line('backup.dynamodb.warm', kept, {
        note: 'at the price of table backups; other services’ differ a little',
      }),
    ];
  },
};

function copiesOf(plan: Resource): number {
  const rules = mapsIn(valueAt(plan.properties, 'BackupPlan.BackupPlanRule'));
  const days = rules.map((rule) => {
    const value = valueAt(rule, 'Lifecycle.DeleteAfterDays');
    return typeof value === 'number' ? value : 35;
  });
  return Math.max(1, ...days);
}

export const backupParts: Pricer = {
  types: ['AWS::Backup::BackupVault', 'AWS::Backup::BackupSelection', 'AWS::Backup::Framework'],
  items: () => [isFree('backups are counted with their plan', 'https://aws.amazon.com/backup/pricing/')],
};
