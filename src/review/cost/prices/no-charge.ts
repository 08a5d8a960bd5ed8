/** What AWS does not charge for by itself, so that the review can say "free" with a source instead of leaving it out. */
import { free, priceFile, rowsOf, source } from './author.ts';
import { everywhere, type PriceRow } from './model.ts';

const iam = source(
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/introduction.html , from memory',
  '2026-11-21',
  'unverified',
);
const acm = source(
  'https://aws.amazon.com/certificate-manager/pricing/ , from memory',
  '2026-11-21',
  'unverified',
);
const formation = source(
  'https://aws.amazon.com/cloudformation/pricing/ , from memory',
  '2026-11-21',
  'unverified',
);
const ecs = source('https://aws.amazon.com/ecs/pricing/ , from memory', '2026-11-21', 'unverified');
const scaling = source(
  'https://aws.amazon.com/autoscaling/pricing/ , from memory',
  '2026-11-21',
  'unverified',
);
const deploy = source(
  'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AWSCodeDeploy/current/us-east-1/index.json , as quoted',
  '2026-06-16',
  'aws-derived',
);
const budgets = source(
  'https://aws.amazon.com/aws-cost-management/aws-budgets/pricing/ , as quoted by public projects',
  '2026-08-08',
  'aws-derived',
);
const budgetsFile = source(priceFile('budgets/USD/current/budgets.json'), '2024-08-26', 'aws');
const anomalies = source(
  'https://aws.amazon.com/aws-cost-management/aws-cost-anomaly-detection/pricing/ , from memory',
  '2026-11-21',
  'unverified',
);
const shield = source('https://aws.amazon.com/shield/pricing/ , from memory', '2026-11-21', 'unverified');

const nothing = (id: string, service: string, what: string, unit: string, from: typeof iam): PriceRow =>
  rowsOf(service)({ id, what, unit, regions: from.only(everywhere, '0') });
const budgetRow = rowsOf('AWS Budgets', 'AWSBudgets');

export const noCharge: readonly PriceRow[] = [
  nothing('iam', 'AWS IAM', 'Users, roles, policies, STS', 'resource-month', iam),
  nothing(
    'acm.public-certificate',
    'AWS Certificate Manager',
    'Public certificates used with AWS services',
    'certificate-month',
    acm,
  ),
  nothing('cloudformation', 'AWS CloudFormation', 'Stacks of AWS resources', 'stack-month', formation),
  nothing(
    'ecs.control-plane',
    'Amazon ECS',
    'Clusters, services and task definitions',
    'resource-month',
    ecs,
  ),
  nothing(
    'auto-scaling',
    'AWS Auto Scaling',
    'Scaling groups, targets and policies',
    'resource-month',
    scaling,
  ),
  nothing('codedeploy.lambda-ecs', 'AWS CodeDeploy', 'Deployments to Lambda and ECS', 'deployment', deploy),
  nothing('budgets.monitoring', 'AWS Budgets', 'Budgets with alerts', 'budget-month', budgetsFile),
  nothing(
    'cost-anomaly-detection',
    'AWS Cost Anomaly Detection',
    'Monitors and alerts',
    'monitor-month',
    anomalies,
  ),
  nothing('shield.standard', 'AWS Shield', 'Shield Standard', 'account-month', shield),
  budgetRow({
    id: 'budgets.actions',
    what: 'Budgets with actions',
    unit: 'budget-day',
    regions: budgetsFile.only(everywhere, '0.10'),
    free: free('always', 62, budgets),
    note: 'two such budgets are free all month',
  }),
  budgetRow({
    id: 'budgets.reports',
    what: 'Budget reports delivered',
    unit: 'report',
    regions: budgetsFile.only(everywhere, '0.01'),
  }),
];
