/**
 * AWS Fargate on Linux: https://aws.amazon.com/fargate/pricing/ . Billed by the second, at least a minute. 20 GB of
 * ephemeral storage come with a task. Spot has no list price (see not-priced.ts).
 */
import { priceFile, rowsOf, source } from './author.ts';

const file = source(priceFile('ecs/USD/current/ecs.json'), '2025-10-27', 'aws');
const row = rowsOf('AWS Fargate', 'AmazonECS');

export const fargate = [
  row({
    id: 'fargate.vcpu',
    what: 'vCPU',
    unit: 'vCPU-hour',
    regions: file.flat('0.04048 0.04048 0.04048 0.04048 0.04656 0.05056'),
    list: { usagetype: 'Fargate-vCPU-Hours:perCPU' },
  }),
  row({
    id: 'fargate.memory',
    what: 'Memory',
    unit: 'GB-hour',
    regions: file.flat('0.004445 0.004445 0.004445 0.004445 0.00511 0.00553'),
    list: { usagetype: 'Fargate-GB-Hours' },
  }),
  row({
    id: 'fargate.vcpu.arm64',
    what: 'vCPU (Arm)',
    unit: 'vCPU-hour',
    regions: file.flat('0.03238 0.03238 0.03238 0.03238 0.03725 0.04045'),
    list: { usagetype: 'Fargate-ARM-vCPU-Hours:perCPU' },
  }),
  row({
    id: 'fargate.memory.arm64',
    what: 'Memory (Arm)',
    unit: 'GB-hour',
    regions: file.flat('0.00356 0.00356 0.00356 0.00356 0.00409 0.00442'),
    list: { usagetype: 'Fargate-ARM-GB-Hours' },
  }),
  row({
    id: 'fargate.ephemeral-storage',
    what: 'Ephemeral storage above 20 GB a task',
    unit: 'GB-hour',
    regions: file.flat('0.000111 0.000111 0.000111 0.000122 0.000132 0.000133'),
    list: { usagetype: 'Fargate-EphemeralStorage-GB-Hours' },
  }),
];
