/** Amazon EFS: https://aws.amazon.com/efs/pricing/ */
import { priceFile, rowsOf, source } from './author.ts';

const file = source(priceFile('efs/USD/current/efs.json'), '2025-09-25', 'aws');
const row = rowsOf('Amazon EFS', 'AmazonEFS');

export const efs = [
  row({
    id: 'efs.standard.storage',
    what: 'Standard storage',
    unit: 'GB-month',
    regions: file.flat('0.3 0.3 0.3 0.33 0.36 0.36'),
    list: { usagetype: 'TimedStorage-ByteHrs' },
  }),
  row({
    id: 'efs.onezone.storage',
    what: 'One Zone storage',
    unit: 'GB-month',
    regions: file.flat('0.16 0.16 0.16 0.176 0.192 0.192'),
    list: { usagetype: 'TimedStorage-Z-ByteHrs' },
  }),
  row({
    id: 'efs.ia.storage',
    what: 'Infrequent Access storage (Elastic throughput)',
    unit: 'GB-month',
    regions: file.flat('0.016 0.016 0.016 0.016 0.02 0.02'),
  }),
  row({
    id: 'efs.ia-bursting.storage',
    what: 'Infrequent Access storage (Bursting or Provisioned throughput)',
    unit: 'GB-month',
    regions: file.flat('0.025 0.025 0.025 0.025 0.0266 0.0272'),
    list: { usagetype: 'IATimedStorage-ByteHrs' },
  }),
  row({
    id: 'efs.archive.storage',
    what: 'Archive storage',
    unit: 'GB-month',
    regions: file.flat('0.008 0.008 0.008 0.008 0.01 0.01'),
  }),
  row({
    id: 'efs.elastic.read',
    what: 'Elastic throughput, reads',
    unit: 'GB',
    regions: file.flat('0.03 0.03 0.03 0.03 0.04 0.04'),
  }),
  row({
    id: 'efs.elastic.write',
    what: 'Elastic throughput, writes',
    unit: 'GB',
    regions: file.flat('0.06 0.06 0.06 0.07 0.07 0.07'),
  }),
  row({
    id: 'efs.ia.access',
    what: 'Infrequent Access reads and writes',
    unit: 'GB',
    regions: file.flat('0.01 0.01 0.01 0.011 0.012 0.012'),
  }),
  row({
    id: 'efs.provisioned-throughput',
    what: 'Provisioned throughput',
    unit: 'MBps-month',
    regions: file.flat('6 6 6 6.6 7.2 7.2'),
    list: { usagetype: 'ProvisionedTP-MiBpsHrs' },
  }),
];
